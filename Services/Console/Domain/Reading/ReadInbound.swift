public import Contracts

/// What one record says, as rows of the read tables; nothing for types that no page shows.
///
/// - Throws: `Fault` for a record of a known type that cannot be read.
public func readInbound(_ inbound: Inbound, calendar: BusinessCalendar) throws(Fault) -> [ReadRow] {
    switch inbound.topic.kind {
    case .reference: return [.record(try readReference(inbound))]
    case .operation: return try readOperation(inbound)
    case .inbound: return try readVisit(inbound, calendar: calendar)
    case .command: return []
    case .fact: break
    }
    guard let body = inbound.body else { return [] }
    let fact = ToldFact(inbound, version: try body.integerIfPresent("version"))
    let rows: [ReadRow]
    switch inbound.topic {
    case .intakeOrders: rows = try readOrderFact(inbound.envelope.type, body, at: fact.at, calendar: calendar)
    case .inventoryStock: rows = try readStockFact(inbound.envelope.type, body, at: fact.at)
    case .inventoryMovements, .inventoryAvailability, .inventoryAlerts:
        rows = try readLevelFact(inbound.envelope.type, body, at: fact.at, calendar: calendar)
    case .fulfilmentShipments: rows = try readShipmentFact(inbound.envelope.type, body, at: fact.at)
    case .afterSalesCases, .afterSalesRefunds: rows = try readCaseFact(inbound.envelope.type, body, at: fact.at)
    case .commissionEntries, .commissionPayouts:
        rows = try readCommissionFact(inbound.envelope.type, body, at: fact.at)
    default: rows = []
    }
    return [.fact(fact)] + rows
}

private func readReference(_ inbound: Inbound) throws(Fault) -> ReferenceRecord {
    // A binding holds from when the buyer was bound.
    let dated = try inbound.body?.instantIfPresent(
        inbound.topic == .distributionBindings ? "boundAt" : "effectiveFrom")
    var member: DistributionMember?
    if inbound.topic == .distributionMembers, let body = inbound.body { member = try DistributionMember(body) }
    return ReferenceRecord(
        topic: inbound.topic.name, key: inbound.key, offset: inbound.offset, effectiveFrom: dated ?? inbound.time,
        recordedAt: inbound.time, body: inbound.body.map { String(decoding: $0.text, as: UTF8.self) }, member: member)
}

private func readOperation(_ inbound: Inbound) throws(Fault) -> [ReadRow] {
    if let note = inbound.deadLetter {
        return [
            .deadLetter(
                DeadLetterNote(
                    service: String(inbound.topic.stem.dropLast(".dead-letters".count)),
                    messageID: inbound.envelope.id, key: inbound.key, type: inbound.envelope.type, note: note))
        ]
    }
    guard inbound.envelope.type == CommandAnswered.type, let body = inbound.body else { return [] }
    return [.answer(try CommandAnswered(body), at: inbound.time)]
}

private func readVisit(_ inbound: Inbound, calendar: BusinessCalendar) throws(Fault) -> [ReadRow] {
    guard inbound.topic == .channelVisits, inbound.envelope.type == ChannelVisit.type, let body = inbound.body
    else { return [] }
    let visit = try ChannelVisit(body)
    return [
        .visits(
            VisitCount(
                day: calendar.day(of: visit.at), channel: visit.channel, memberID: visit.memberID,
                sku: visit.sku ?? "", visits: 1))
    ]
}
