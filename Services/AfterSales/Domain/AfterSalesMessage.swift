public import Contracts

/// Everything after-sales takes, its timers included.
public indirect enum AfterSalesMessage: Sendable {
    case requested(AfterSalesRequest)
    case goodsShipped(AfterSalesShipped)
    case withdrawn(AfterSalesWithdrawn)
    case platformDecided(AfterSalesResult)
    case placed(OrderPlaced)
    case paidShort(PaymentShort)
    case paid(OrderPaid)
    case paidTooMuch(PaymentExcess)
    case reinstated(OrderReinstated)
    case revised(OrderRevised)
    case cancelled(OrderCancelled)
    case completed(OrderCompleted)
    /// Intake tells what became of the order that a case wants placed.
    case replacementAnswered(OrderReplacementAnswered)
    case dispatched(ShipmentDispatched)
    case delivered(ShipmentDelivered)
    case cameBack(ShipmentReturned)
    case stopped(LinesStopped)
    case inspected(OrderID, WarehouseInspection)
    case refundAnswered(OrderID, RefundResult)
    case noted(AfterSalesNote)
    case buyerErased(BuyerErased)
    case earned(OrderEarnings)
    case channelSet(ChannelTerms)
    case itemSet(ItemPrice)
    case commanded(CaseCommand)
    case due(CaseClock, OrderID, caseID: String)
    /// Shares a topic with after-sales and concerns another service.
    case ignored
}

extension AfterSalesMessage {
    /// The aggregates that must be loaded to decide, as far as they can be known from what is loaded.
    public func keys(given state: State<AfterSalesAggregate>) -> [Key] {
        switch self {
        case .requested(let request):
            let goods = request.lines.compactMap(\.exchangeSku).map { Key.item($0) }
            let keys = Self.keys(request.channel, request.externalOrderID, state)
            let external = Key.external(request.channel, request.externalOrderID)
            return keys + goods + Self.ruleKeys(external, state) + Self.earningKeys(external, state)
        case .goodsShipped(let shipped): return Self.keys(shipped.channel, shipped.externalOrderID, state)
        case .withdrawn(let withdrawn): return Self.keys(withdrawn.channel, withdrawn.externalOrderID, state)
        case .platformDecided(let result): return Self.keys(result.channel, result.externalOrderID, state)
        case .placed(let order):
            let external = Key.external(order.channel, order.externalOrderID)
            return [.channel(order.channel), .order(order.orderID), external, .ready(order.orderID)]
        case .paidShort(let short): return [.order(short.orderID)]
        case .paid(let paid): return [.order(paid.orderID), .ready(paid.orderID)]
        case .paidTooMuch(let excess): return [.order(excess.orderID)]
        case .reinstated(let reinstated): return [.order(reinstated.orderID), .ready(reinstated.orderID)]
        case .revised(let revised): return [.order(revised.orderID)]
        case .cancelled(let cancelled): return [.order(cancelled.orderID), .ready(cancelled.orderID)]
        case .completed(let completed): return [.order(completed.orderID)]
        case .replacementAnswered(let answer):
            return [.order(answer.orderID)] + Self.ruleKeys(.order(answer.orderID), state)
        case .cameBack(let shipment): return [.order(shipment.orderID), .earnings(shipment.orderID)]
        case .noted(let note): return Self.keys(note.channel, note.externalOrderID, state)
        case .buyerErased(let erased): return [.order(erased.orderID)]
        case .earned(let earnings): return [.earnings(earnings.orderID)]
        case .dispatched(let shipment): return [.order(shipment.orderID)]
        case .delivered(let shipment): return [.order(shipment.orderID)]
        case .stopped(let stopped): return [.order(stopped.orderID)] + Self.ruleKeys(.order(stopped.orderID), state)
        case .inspected(let orderID, _), .refundAnswered(let orderID, _), .due(_, let orderID, _):
            return [.order(orderID)]
        case .channelSet(let terms): return [.channel(terms.channel)]
        case .itemSet(let item): return [.item(item.sku)]
        case .commanded(.appeal(let command)): return [.order(command.orderID), .earnings(command.orderID)]
        case .commanded(let command): return [.order(command.orderID)]
        case .ignored: return []
        }
    }

    /// What the rules for cases of a known order look at.
    private static func ruleKeys(_ key: Key, _ state: State<AfterSalesAggregate>) -> [Key] {
        guard state.isLoaded(key), let placed = state.order(key)?.placed else { return [] }
        return [.channel(placed.channel)] + (placed.buyerID.map { [.buyer($0)] } ?? [])
    }

    /// What previews of a known order look at.
    private static func earningKeys(_ key: Key, _ state: State<AfterSalesAggregate>) -> [Key] {
        guard state.isLoaded(key), let account = state.order(key) else { return [] }
        return [.earnings(account.orderID)]
    }

    /// A channel's message waits under the order's external name, then until a request can be decided.
    private static func keys(
        _ channel: String, _ externalOrderID: String, _ state: State<AfterSalesAggregate>
    ) -> [Key] {
        let external = Key.external(channel, externalOrderID)
        guard state.isLoaded(external), let account = state.order(external) else { return [external] }
        return [external, .ready(account.orderID)]
    }
}

extension AfterSalesMessage {
    /// Decides the message; reads and never mutates.
    ///
    /// - Throws: `Fault` when it makes no sense for what is known of the order.
    public func decide(
        given state: State<AfterSalesAggregate>, at now: Instant
    ) throws(Fault) -> Decision<AfterSalesChange> {
        switch self {
        case .requested(let request): try openCase(request, given: state, at: now)
        case .goodsShipped(let shipped): try shipGoods(shipped, given: state, at: now)
        case .withdrawn(let withdrawn): try withdrawCase(withdrawn, given: state, at: now)
        case .platformDecided(let result): try followPlatform(result, given: state, at: now)
        case .placed(let order): placeOrder(order, given: state)
        case .paidShort(let short): countShortPayment(short, given: state, at: now)
        case .paid(let paid): countPayment(paid, given: state, at: now)
        case .paidTooMuch(let excess): returnExcess(excess, given: state, at: now)
        case .reinstated(let reinstated): reinstateOrder(reinstated, given: state, at: now)
        case .revised(let revised): reviseOrder(revised, given: state)
        case .cancelled(let cancelled): cancelOrder(cancelled, given: state, at: now)
        case .completed(let completed): completeOrder(completed, given: state)
        case .replacementAnswered(let answer): hearOfReplacement(answer, given: state, at: now)
        case .cameBack(let shipment): takeBack(shipment, given: state, at: now)
        case .dispatched(let shipment): trackDispatch(shipment, given: state, at: now)
        case .delivered(let shipment): trackDelivery(shipment, given: state, at: now)
        case .stopped(let stopped): answerStop(stopped, given: state, at: now)
        case .inspected(let orderID, let inspection): try inspectGoods(inspection, of: orderID, given: state, at: now)
        case .refundAnswered(let orderID, let result): try settleRefund(result, of: orderID, given: state, at: now)
        case .noted(let note): try hearNote(note, given: state, at: now)
        case .buyerErased(let erased): forgetThreads(erased, given: state)
        case .earned(let earnings): keepEarnings(earnings, given: state)
        case .channelSet(let terms): setChannel(terms, given: state)
        case .itemSet(let item): state.item(item.sku) == item ? .nothing : Decision(changes: [.itemSet(item)])
        case .commanded(let command): obey(command, given: state, at: now)
        case .due(let clock, let orderID, let caseID):
            runOut(clock, of: caseID, orderID, given: state, at: now)
        case .ignored: .nothing
        }
    }
}
