import CommissionDomain
import Contracts

/// Where an order's commission is by now, for people and for programs.
extension MemberMoney {
    static let rule = "first in, first out: by member and currency, in the order of booking"

    private var matured: Int64 { shares.reduce(0) { $0 + $1.amount } }

    static func text(of members: [MemberMoney]) -> String? {
        guard !members.isEmpty else { return nil }
        let paragraphs = members.map { member in
            (["\(member.memberID): \(member.matured) matured"] + member.shares.map { "  " + $0.text })
                .joined(separator: "\n")
        }
        return (["where the money is, \(rule)"] + paragraphs).joined(separator: "\n")
    }

    static func write(_ members: [MemberMoney], to json: inout JSONWriter) {
        json.object("money") { object in
            object.field("rule", rule)
            object.array("members") { array in
                for member in members {
                    array.element { element in
                        element.field("memberId", member.memberID)
                        element.field("matured", member.matured)
                        element.array("shares") { shares in
                            for share in member.shares { shares.element { share.write(to: &$0) } }
                        }
                    }
                }
            }
        }
    }
}

extension MoneyShare {
    /// `300 paid out by M3-P1 of 900, asked for … by u-1, approved by u-2, answered …, M3/J1`.
    fileprivate var text: String {
        let words = [place.words, usedBy.map(uses)].compactMap(\.self).joined(separator: " ")
        let past = cameBackFrom.isEmpty ? "" : ", came back from \(cameBackFrom.joined(separator: ", "))"
        return "\(amount) \(words)\(past)"
    }

    private func uses(_ booking: AvailableMoney.Booking) -> String {
        guard let payoutID = booking.payoutID else {
            return "\(booking.kind) \(booking.cause) of \(booking.at), \(booking.journalID)"
        }
        guard let payout else { return "\(payoutID), \(booking.journalID)" }
        let parts = [
            "\(payoutID) of \(payout.amount)", payout.state.rawValue,
            "asked for \(payout.requestedAt) by \(payout.requestedBy)",
            payout.decidedBy.map { "approved by \($0)" } ?? "not approved yet",
            payout.answeredAt.map { "answered \($0)" }, booking.journalID,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    fileprivate func write(to json: inout JSONWriter) {
        json.field("amount", amount)
        json.field("place", place.rawValue)
        json.field("maturedBy", maturedBy)
        json.field("cameBackFrom", texts: cameBackFrom)
        guard let usedBy else { return }
        json.object("usedBy") { object in
            object.field("journalId", usedBy.journalID)
            object.field("kind", usedBy.kind)
            object.field("cause", usedBy.cause)
            object.field("orderId", usedBy.orderID)
            object.field("bookedAt", usedBy.at)
        }
        guard let payout else { return }
        json.object("payout") { $0.write(payout) }
    }
}

extension MoneyShare.Place {
    fileprivate var words: String {
        switch self {
        case .available: "available"
        case .inPayout: "in payout"
        case .paidOut: "paid out by"
        case .setOff: "set off against"
        case .returned: "returned by"
        }
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ payout: Payout) {
        field("payoutId", payout.payoutID)
        field("state", payout.state.rawValue)
        field("amount", payout.amount)
        field("fee", payout.fee)
        field("tax", payout.tax)
        field("requestedBy", payout.requestedBy)
        field("requestedAt", payout.requestedAt)
        field("approvedBy", payout.decidedBy)
        field("answeredAt", payout.answeredAt)
    }
}
