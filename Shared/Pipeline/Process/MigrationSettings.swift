import Foundation

/// What `<service> migrate`, and `ops migrate` for every service, read from the environment.
public struct MigrationSettings: Sendable {
    /// `MIGRATION_DATABASE_URL`, libpq URI of a role that may create roles and schemas; secret.
    public let databaseURL: String
    /// `<SERVICE>_PASSWORD`, or `SERVICE_PASSWORD`: of the service's role; secret; `nil` sets none.
    ///
    /// The longer name lets one environment hold the passwords of all services.
    public let password: String?

    /// Reads both; `nil` when `reader` has found defects.
    public init?(_ reader: inout SettingsReader, service: String) {
        databaseURL = reader.secret("MIGRATION_DATABASE_URL")
        let own = reader.optionalSecret(Self.passwordKey(of: service))
        let general = reader.optionalSecret("SERVICE_PASSWORD")
        password = own ?? general
        if !reader.defects.isEmpty { return nil }
    }

    /// `AFTER_SALES_PASSWORD` of `after-sales`.
    public static func passwordKey(of service: String) -> String {
        service.uppercased().replacingOccurrences(of: "-", with: "_") + "_PASSWORD"
    }
}
