/// What PostgreSQL or libpq answered when it could not do as asked.
public struct PostgresError: Error, Sendable {
}
