/// Changes what commission has stored of its accruals, behind the back of its rules.
public enum StoredAccruals {
    /// - Parameter path: As PostgreSQL writes it: `legs,0,amount`.
    /// - Parameter value: In JSON.
    public static func set(_ path: String, to value: String) -> String {
        "UPDATE accruals SET body = jsonb_set(body::jsonb, '{\(path)}', '\(value)')::json"
    }

    public static func remove(_ path: String) -> String {
        "UPDATE accruals SET body = (body::jsonb #- '{\(path)}')::json"
    }

    /// One line `1` of which `member` earns `amount` at level 1, the whole pool unless that is another sum.
    public static func insert(
        member: String, base: Int64, amount: Int64, pool: Int64? = nil, into schema: String? = nil
    ) -> String {
        """
        INSERT INTO \(schema.map { "\($0)." } ?? "")accruals VALUES ('O', 1, '\(member)', '{"accrual":1,
            "legs":[{"memberId":"\(member)","level":1,"kind":"level","lineId":"1","base":\(base),"rateBasisPoints":1000,
                "amount":\(amount),"why":"why"}],
            "pools":[{"lineId":"1","paid":\(base),"pool":\(pool ?? amount),"companyShare":0,"remainder":0}]}');
        """
    }
}
