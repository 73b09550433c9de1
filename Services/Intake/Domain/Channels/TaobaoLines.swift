import Contracts

extension TaobaoTrade {
    /// What a trade's status implies.
    struct TradeState {
        var status = PlatformStatus()
        let isCash: Bool
        let isPaid: Bool
        let paidAt: Instant?
        /// No line of it was ever paid for.
        let isClosedUnpaid: Bool

        init(_ trade: JSONObject, placedAt: Instant, _ modifiedAt: Instant) throws(Fault) {
            let word = try trade.string("status")
            isCash = try trade.wordsIfPresent("type") == "cod"
            isClosedUnpaid = word == "TRADE_CLOSED_BY_TAOBAO"
            let consignedAt = try trade.shanghaiTimeIfPresent("consign_time")
            let endedAt = try trade.shanghaiTimeIfPresent("end_time") ?? modifiedAt
            var hasPaid = true
            switch word {
            case "WAIT_BUYER_PAY", "TRADE_NO_CREATE_PAY", "PAY_PENDING", "WAIT_PRE_AUTH_CONFIRM": hasPaid = false
            case "WAIT_SELLER_SEND_GOODS": break
            case "PAID_FORBID_CONSIGN": status.hold = .paused
            case "SELLER_CONSIGNED_PART": status.shipping = .part
            case "WAIT_BUYER_CONFIRM_GOODS": status.shipping = .all(consignedAt ?? modifiedAt)
            case "TRADE_FINISHED", "TRADE_BUYER_SIGNED":
                status.shipping = .all(consignedAt ?? endedAt)
                status.receivedAt = endedAt
            case "TRADE_CLOSED":
                status.cancelledAt = endedAt
                status.shipping = consignedAt.map { .all($0) } ?? .notYet
            case "TRADE_CLOSED_BY_TAOBAO":
                status.cancelledAt = endedAt
                hasPaid = false
            default: throw trade.fault("is unknown", field: "status")
            }
            if try trade.wordsIfPresent("step_trade_status") == "FRONT_PAID_FINAL_NOPAID" {
                status.deposit = try trade.moneyIfPresent("step_paid_fee", .yuan)
                hasPaid = false
            }
            let isBlocked = try trade.wholeIfPresent("top_hold") == 1
            let isByTmall = try trade.isSet("is_sh_ship")
            if isBlocked || isByTmall, hasPaid, status.shipping == .notYet { status.hold = .paused }
            let payTime = try trade.shanghaiTimeIfPresent("pay_time")
            if isCash { hasPaid = status.receivedAt != nil }
            isPaid = hasPaid && (word != "TRADE_CLOSED" || payTime != nil)
            paidAt = isPaid ? payTime ?? placedAt : nil
        }
    }

    /// The lines that are sold, and what was paid back of them.
    struct TradeLines {
        var lines = NativeLines()
        var refunds: [PlatformRefund] = []
        var hasOpenRefund = false

        init(_ trade: JSONObject, _ state: TradeState) throws(Fault) {
            let orders = try Self.orders(of: trade)
            let isSingle = orders.count == 1
            let freight = try trade.moneyIfPresent("post_fee", .yuan) ?? 0
            var live: [JSONObject] = []
            for order in orders {
                let isClosed = try order.wordsIfPresent("status") == "TRADE_CLOSED_BY_TAOBAO"
                if !isClosed || state.isClosedUnpaid { live.append(order) }
            }
            // A trade whose lines are all closed says so itself a little later.
            if live.isEmpty { live = orders }
            guard !live.isEmpty else { throw trade.fault("has no lines", field: "orders") }
            var oids: Set<String> = []
            for order in live { oids.insert(try order.nativeID("oid")) }
            for order in live {
                try add(order, paid: Self.paid(order, isSingle: isSingle, freight: freight), oids)
                try noteRefund(order, state)
            }
        }

        /// `orders.order[]`, or `orders[]` in the simplified form.
        private static func orders(of trade: JSONObject) throws(Fault) -> [JSONObject] {
            if let nested = try? trade.objectIfPresent("orders") { return try nested.objects("order") }
            return try trade.objects("orders")
        }

        private static func paid(_ order: JSONObject, isSingle: Bool, freight: Int64) throws(Fault) -> Int64 {
            if let paid = try order.moneyIfPresent("divide_order_fee", .yuan) { return paid }
            if let total = try order.moneyIfPresent("total_fee", .yuan) {
                let promotion = try order.moneyIfPresent("part_mjz_discount", .yuan) ?? 0
                guard promotion <= total else { throw order.fault("is above the line", field: "part_mjz_discount") }
                return total - promotion
            }
            let payment = try order.money("payment", .yuan)
            guard isSingle else { return payment }
            guard payment >= freight else { throw order.fault("is below the freight it holds", field: "payment") }
            return payment - freight
        }

        private mutating func add(_ order: JSONObject, paid: Int64, _ oids: Set<String>) throws(Fault) {
            let lineID = try order.nativeID("oid")
            let price = try order.money("price", .yuan)
            let main = try order.wordsIfPresent("bind_oids", atMost: 2000)?.split(separator: ",").map(String.init)
                .first { $0 != lineID && oids.contains($0) }
            let isGift = price == 0 && paid == 0
            try lines.add(
                lineID, sku: try order.sku(["outer_sku_id", "outer_iid", "sku_id", "num_iid"], lineID: lineID),
                quantity: try order.pieces("num"), unitPrice: price, paid: paid, gift: isGift,
                giftOf: isGift ? main : nil, in: order, field: "oid")
        }

        private mutating func noteRefund(_ order: JSONObject, _ state: TradeState) throws(Fault) {
            guard let line = lines.lines.last else { return }
            switch try order.wordsIfPresent("refund_status") {
            case "WAIT_SELLER_AGREE", "WAIT_BUYER_RETURN_GOODS", "WAIT_SELLER_CONFIRM_GOODS", "SELLER_REFUSE_BUYER":
                hasOpenRefund = true
            default: break
            }
            guard state.isPaid, try order.wordsIfPresent("status") == "TRADE_CLOSED" else { return }
            let pieces = LinePieces(lineID: line.lineID, quantity: line.quantity)
            refunds.append(
                PlatformRefund(
                    line.lineID, amount: line.unitPrice * line.quantity - line.discount, lines: [pieces]))
        }
    }
}
