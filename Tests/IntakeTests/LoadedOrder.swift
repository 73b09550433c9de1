import Contracts
import IntakeDomain

extension Order {
    /// The order as it is after it was read from its tables.
    var asLoaded: Order {
        Order(
            placed: placed, terms: terms, contentHash: contentHash, decidedAt: decidedAt,
            stored: StoredOrder(
                state: state, stock: stock, reservation: reservation, holds: holds, attribution: attribution,
                claims: claims, payments: account.payments, returned: account.returned, refunds: account.refunds,
                goods: goods,
                requests: requests, receipt: receipt, cancelReason: cancelReason, confirmedAt: confirmedAt,
                reinstatedAt: reinstatedAt, receivedAt: receivedAt, completedAt: completedAt, note: note, flag: flag,
                handling: handling, updates: updates))
    }
}

extension IntakeAggregate {
    var asLoaded: IntakeAggregate {
        switch self {
        case .order(let order): .order(order.asLoaded)
        case .buyer(let record): (try? .buyer(BuyerRecord(JSONDocument.object(record.jsonBytes)))) ?? self
        case .unmatched(let sku): (try? .unmatched(UnmatchedSku(JSONDocument.object(sku.jsonBytes)))) ?? self
        case .expected(let member): (try? .expected(ExpectedMember(JSONDocument.object(member.jsonBytes)))) ?? self
        default: self
        }
    }
}
