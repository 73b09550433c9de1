/// The object ids of the built-in types this room writes or reads.
///
/// - Source: PostgreSQL's `pg_type.dat`; these numbers never change.
struct PostgresType: Equatable {
    let objectID: UInt32

    static let bool = PostgresType(objectID: 16)
    static let bytea = PostgresType(objectID: 17)
    static let name = PostgresType(objectID: 19)
    static let int8 = PostgresType(objectID: 20)
    static let int2 = PostgresType(objectID: 21)
    static let int4 = PostgresType(objectID: 23)
    static let text = PostgresType(objectID: 25)
    static let json = PostgresType(objectID: 114)
    static let bpchar = PostgresType(objectID: 1042)
    static let varchar = PostgresType(objectID: 1043)
    static let date = PostgresType(objectID: 1082)
    static let timestamptz = PostgresType(objectID: 1184)

    static let boolArray = PostgresType(objectID: 1000)
    static let byteaArray = PostgresType(objectID: 1001)
    static let int4Array = PostgresType(objectID: 1007)
    static let textArray = PostgresType(objectID: 1009)
    static let int8Array = PostgresType(objectID: 1016)
    static let dateArray = PostgresType(objectID: 1182)
    static let timestamptzArray = PostgresType(objectID: 1185)
}
