import ConsoleDomain
import Contracts
import Postgres

/// Everything that the one row of an order tells.
struct StoryOrder: Sendable {
    let orderID: String
    let kind: String?
    let replaces: String?
    let channel: String
    let terminal: String?
    let campaign: String?
    let externalOrderID: String
    let placedAt: Instant
    let currency: String
    let buyerID: String?
    let province: String?
    let city: String?
    let goodsTotal: Int64
    let freight: Int64
    let tax: Int64
    let fees: Int64
    let total: Int64
    let receivable: Int64
    let paymentTerms: String?
    let delivery: String?
    let isHistorical: Bool
    let shipBy: Instant?
    let seller: String?
    let chain: [String]
    let attribution: String?
    let state: String
    let stock: String
    let refund: String
    let cancelReason: String?
    let holds: [String]
    let flag: String?
    let paid: Int64
    let refunded: Int64
    let missing: Int64
    let warehouses: [String]
    let times: [OrderStage: Instant]
    let confirmedAt: Instant?
    let afterSalesUntil: Instant?
    let companyShare: Int64
    let remainder: Int64
    let platformHasMoney: Bool
    let platformHasClocks: Bool

    /// - Returns: Nil for an order that is not there, or not the viewer's to see.
    static func find(_ orderID: String, _ scope: ScopeSQL, in connection: Connection) throws(PostgresError) -> Self? {
        try connection.rows(
            """
            SELECT o.order_id, o.kind, o.replaces, o.channel, o.terminal, o.campaign, o.external_order_id, o.placed_at,
                o.currency, o.buyer_id, o.province, o.city, o.goods_total, o.freight, o.tax, o.fees, o.total,
                o.receivable, o.payment_terms, o.delivery, o.historical, o.ship_by, o.seller,
                array_to_string(o.chain, ','), o.attribution, o.state, o.stock_status, o.refund_status,
                o.cancel_reason, array_to_string(o.holds, ','), o.flag, o.paid, o.refunded, o.missing,
                array_to_string(o.warehouses, ','), o.paid_at, o.shipped_at, o.delivered_at, o.completed_at,
                o.cancelled_at, o.confirmed_at, o.after_sales_until, o.company_share, o.remainder,
                COALESCE(c.body ->> 'money' = 'platform', false), COALESCE(c.body ->> 'clocks' = 'platform', false)
            FROM orders o
            LEFT JOIN current_records c ON c.topic = 'catalog.channels.v1' AND c.key = o.channel
            WHERE o.order_id = \(orderID) AND o.placed_at IS NOT NULL AND \(scope.orders("o"))
            """
        ).first.map(Self.init)
    }

    private init(_ row: Row) {
        orderID = row.text(0)
        kind = row.textOrNil(1)
        replaces = row.textOrNil(2)
        channel = row.textOrNil(3) ?? ""
        terminal = row.textOrNil(4)
        campaign = row.textOrNil(5)
        externalOrderID = row.textOrNil(6) ?? ""
        placedAt = row.instant(7)
        currency = row.textOrNil(8) ?? ""
        buyerID = row.textOrNil(9)
        province = row.textOrNil(10)
        city = row.textOrNil(11)
        goodsTotal = row.int64OrNil(12) ?? 0
        freight = row.int64OrNil(13) ?? 0
        tax = row.int64OrNil(14) ?? 0
        fees = row.int64OrNil(15) ?? 0
        total = row.int64OrNil(16) ?? 0
        receivable = row.int64OrNil(17) ?? 0
        paymentTerms = row.textOrNil(18)
        delivery = row.textOrNil(19)
        isHistorical = row.boolOrNil(20) ?? false
        shipBy = row.instantOrNil(21)
        seller = row.textOrNil(22)
        chain = row.list(23)
        attribution = row.textOrNil(24)
        state = row.textOrNil(25) ?? OrderStage.pendingPayment.rawValue
        stock = row.text(26)
        refund = row.text(27)
        cancelReason = row.textOrNil(28)
        holds = row.list(29)
        flag = row.textOrNil(30)
        paid = row.int64(31)
        refunded = row.int64(32)
        missing = row.int64(33)
        warehouses = row.list(34)
        times = Self.times(row)
        confirmedAt = row.instantOrNil(40)
        afterSalesUntil = row.instantOrNil(41)
        companyShare = row.int64(42)
        remainder = row.int64(43)
        platformHasMoney = row.bool(44)
        platformHasClocks = row.bool(45)
    }

    private static func times(_ row: Row) -> [OrderStage: Instant] {
        let columns: [(OrderStage, Int)] = [
            (.pendingPayment, 7), (.paid, 35), (.shipped, 36), (.delivered, 37), (.completed, 38), (.cancelled, 39),
        ]
        return columns.reduce(into: [:]) { times, column in times[column.0] = row.instantOrNil(column.1) }
    }

    var standing: OrderStanding {
        OrderStanding(
            state: OrderStage(rawValue: state), holds: holds, isConfirmed: confirmedAt != nil, paid: paid,
            isHistorical: isHistorical, flag: flag, platformHasMoney: platformHasMoney,
            platformHasClocks: platformHasClocks)
    }
}
