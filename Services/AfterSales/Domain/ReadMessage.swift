public import Contracts

extension AfterSalesMessage {
    /// Reads a record; `nil` when its type is none that after-sales takes.
    public static func read(_ inbound: Inbound) throws(Fault) -> AfterSalesMessage? {
        if inbound.topic == .catalogChannels { return try channel(inbound) }
        if inbound.topic == .catalogItems { return try item(inbound) }
        guard let body = inbound.body else { throw Fault("has no value", field: "value") }
        switch inbound.topic {
        case .intakeOrders: return try order(inbound.envelope.type, body)
        case .fulfilmentShipments: return try shipment(inbound.envelope.type, body)
        case .channelAfterSales: return try channelWish(inbound.envelope.type, body)
        case .commissionEntries:
            guard inbound.envelope.type == CommissionAccrued.type else { return nil }
            return .earned(OrderEarnings(try CommissionAccrued(body)))
        case .commands(of: "after-sales"): return try command(inbound.envelope.type, body).map { .commanded($0) }
        default: return try answer(inbound.envelope.type, body)
        }
    }

    /// Reads a timer of a case.
    public static func read(timer kind: String, key: String) throws(Fault) -> AfterSalesMessage {
        guard let clock = CaseClock(rawValue: kind) else { throw Fault("timer \(kind) is none of after-sales") }
        return .due(clock, try orderID(of: key, field: "key"), caseID: key)
    }

    private static func channel(_ inbound: Inbound) throws(Fault) -> AfterSalesMessage? {
        guard inbound.envelope.type == CatalogChannel.type else { return nil }
        // A channel taken out of the catalogue keeps its terms: its orders live on.
        guard let body = inbound.body else { return .ignored }
        let channel = try CatalogChannel(body)
        let follows = channel.money == .platform || channel.afterSales == .platform
        return .channelSet(
            ChannelTerms(channel: channel.channel, followsPlatform: follows, rules: channel.afterSalesRules))
    }

    private static func item(_ inbound: Inbound) throws(Fault) -> AfterSalesMessage? {
        guard inbound.envelope.type == CatalogItem.type else { return nil }
        // An item that is given up is asked for by nobody; what was exchanged for it stays so.
        guard let body = inbound.body else { return .ignored }
        let item = try CatalogItem(body)
        return .itemSet(ItemPrice(sku: item.sku, price: item.price ?? 0, isActive: item.active))
    }

    private static func order(_ type: String, _ body: JSONObject) throws(Fault) -> AfterSalesMessage? {
        switch type {
        case OrderPlaced.type: .placed(try OrderPlaced(body))
        case PaymentShort.type: .paidShort(try PaymentShort(body))
        case OrderPaid.type: .paid(try OrderPaid(body))
        case PaymentExcess.type: .paidTooMuch(try PaymentExcess(body))
        case OrderReinstated.type: .reinstated(try OrderReinstated(body))
        case OrderRevised.type: .revised(try OrderRevised(body))
        case OrderCancelled.type: .cancelled(try OrderCancelled(body))
        case OrderCompleted.type: .completed(try OrderCompleted(body))
        case BuyerErased.type: .buyerErased(try BuyerErased(body))
        case OrderReplacementAnswered.type: .replacementAnswered(try OrderReplacementAnswered(body))
        default: nil
        }
    }

    private static func shipment(_ type: String, _ body: JSONObject) throws(Fault) -> AfterSalesMessage? {
        switch type {
        case ShipmentDispatched.type: .dispatched(try ShipmentDispatched(body))
        case ShipmentDelivered.type: .delivered(try ShipmentDelivered(body))
        case ShipmentReturned.type: .cameBack(try ShipmentReturned(body))
        case LinesStopped.type: .stopped(try LinesStopped(body))
        default: nil
        }
    }

    private static func channelWish(_ type: String, _ body: JSONObject) throws(Fault) -> AfterSalesMessage? {
        switch type {
        case AfterSalesRequest.type: .requested(try AfterSalesRequest(body))
        case AfterSalesShipped.type: .goodsShipped(try AfterSalesShipped(body))
        case AfterSalesWithdrawn.type: .withdrawn(try AfterSalesWithdrawn(body))
        case AfterSalesNote.type: .noted(try AfterSalesNote(body))
        case AfterSalesResult.type: .platformDecided(try AfterSalesResult(body))
        default: nil
        }
    }

    private static func command(_ type: String, _ body: JSONObject) throws(Fault) -> CaseCommand? {
        switch type {
        case ApproveCase.type: return .approve(try ApproveCase(body))
        case RejectCase.type: return .reject(try RejectCase(body))
        case ReceiveGoods.type: return .receive(try ReceiveGoods(body))
        case InspectGoods.type: return .inspect(try InspectGoods(body))
        case CloseCase.type: return .close(try CloseCase(body))
        case ExtendCase.type: return .extend(try ExtendCase(body))
        case AppealCase.type: return .appeal(try AppealCase(body))
        case NoteCase.type: return .note(try NoteCase(body))
        case PauseCase.type: return .pause(try PauseCase(body))
        case ResumeCase.type: return .resume(try ResumeCase(body))
        case ChargeReturnFreight.type: return .chargeFreight(try ChargeReturnFreight(body))
        default: return nil
        }
    }

    /// Answers from warehouses and payment providers; the id they answer to begins with the order's.
    private static func answer(_ type: String, _ body: JSONObject) throws(Fault) -> AfterSalesMessage? {
        switch type {
        case WarehouseInspection.type:
            let inspection = try WarehouseInspection(body)
            return .inspected(try orderID(of: inspection.caseID, field: "caseId"), inspection)
        case RefundResult.type:
            let result = try RefundResult(body)
            return .refundAnswered(try orderID(of: result.refundID, field: "refundId"), result)
        case PayoutResult.type: return .ignored
        default: return nil
        }
    }

    /// The order of a case `orderId-A1` or a refund `orderId-R1`.
    private static func orderID(of id: String, field: String) throws(Fault) -> OrderID {
        guard let orderID = OrderID(ofPart: id) else {
            throw Fault("\(id) does not begin with an order id of ours", field: field)
        }
        return orderID
    }
}
