public import Contracts

/// What one fact, or several of a batch, change in one row of the read tables.
///
/// Facts of several topics meet in any order, so each says only what it knows; what is not said stays as it is.
public indirect enum ReadRow: Sendable, Equatable {
    case fact(ToldFact)
    case order(OrderPatch)
    case line(LinePatch)
    case parcel(ParcelPatch)
    case afterSalesCase(CasePatch)
    case refund(RefundPatch)
    case earning(EarningPatch)
    case entry(StatementEntry)
    case payout(PayoutPatch)
    case settlement(CommissionSettled)
    case record(ReferenceRecord)
    case stock(AvailabilityChanged)
    case movement(MovementRow)
    case alert(AlertPatch)
    case suggestion(ReplenishmentSuggested)
    case visits(VisitCount)
    case deadLetter(DeadLetterNote)
    case answer(CommandAnswered, at: Instant)

    /// Rows of one key are one row of its table.
    public var key: Key {
        switch self {
        case .fact(let fact): Key(.fact, "\(fact.topic)/\(fact.partition)/\(fact.offset)")
        case .order(let patch): Key(.order, patch.orderID.text)
        case .line(let patch): Key(.line, "\(patch.orderID.text)/\(patch.lineID)")
        case .parcel(let patch): Key(.parcel, patch.shipmentID)
        case .afterSalesCase(let patch): Key(.afterSalesCase, patch.caseID)
        case .refund(let patch): Key(.refund, patch.refundID)
        case .earning(let patch): Key(.earning, "\(patch.orderID.text)/\(patch.memberID)")
        case .entry(let entry): Key(.entry, "\(entry.key)/\(entry.version)/\(entry.memberID)")
        case .payout(let patch): Key(.payout, patch.payoutID)
        case .settlement(let settled): Key(.settlement, "\(settled.memberID)/\(settled.period)/\(settled.currency)")
        case .record(let record): Key(.record, "\(record.topic)/\(record.key)/\(record.offset)")
        case .stock(let changed): Key(.stock, changed.sku)
        case .movement(let movement): Key(.movement, movement.moved.movementID)
        case .alert(let patch): Key(.alert, patch.sku)
        case .suggestion(let suggested): Key(.suggestion, suggested.sku)
        case .visits(let count): Key(.visits, "\(count.day)/\(count.channel)/\(count.memberID)/\(count.sku)")
        case .deadLetter(let note): Key(.deadLetter, "\(note.service)/\(note.messageID)")
        case .answer(let answered, _): Key(.answer, answered.commandID)
        }
    }

    /// This row with what a later one of the same key says.
    func merged(with later: ReadRow) -> ReadRow {
        switch (self, later) {
        case (.order(var patch), .order(let later)):
            patch.add(later)
            return .order(patch)
        case (.line(var patch), .line(let later)):
            patch.add(later)
            return .line(patch)
        case (.parcel(var patch), .parcel(let later)):
            patch.add(later)
            return .parcel(patch)
        case (.afterSalesCase(var patch), .afterSalesCase(let later)):
            patch.add(later)
            return .afterSalesCase(patch)
        case (.refund(var patch), .refund(let later)):
            patch.add(later)
            return .refund(patch)
        case (.earning(var patch), .earning(let later)):
            patch.add(later)
            return .earning(patch)
        case (.payout(var patch), .payout(let later)):
            patch.add(later)
            return .payout(patch)
        case (.alert(var patch), .alert(let later)):
            patch.add(later)
            return .alert(patch)
        case (.visits(var count), .visits(let later)):
            count.visits += later.visits
            return .visits(count)
        default: return later
        }
    }
}

/// Applies one row to those of its batch; total.
public func evolve(_ state: inout State<ReadRow>, by row: ReadRow) {
    let key = row.key
    if state.isLoaded(key), let former = state[key] {
        state.set(key, former.merged(with: row))
    } else {
        state.set(key, row)
    }
}

/// A fact as it came, for the timeline of whatever it is about.
public struct ToldFact: Sendable, Equatable {
    public let topic: String
    public let partition: Int32
    public let offset: Int64
    public let key: String
    public let type: String
    public let version: Int64?
    public let at: Instant
    public let messageID: String
    public let causationID: String?
    public let traceparent: String?
    public let body: String?

    init(_ inbound: Inbound, version: Int64?) {
        topic = inbound.topic.name
        partition = inbound.partition
        offset = inbound.offset
        key = inbound.key
        type = inbound.envelope.type
        self.version = version
        at = inbound.time
        messageID = inbound.envelope.id
        causationID = inbound.envelope.causationID
        traceparent = inbound.envelope.traceparent
        body = inbound.body.map { String(decoding: $0.text, as: UTF8.self) }
    }
}
