import ConsoleDomain
import Contracts
import Postgres

/// What many queues say in the same way.
enum QueueWords {
    static func money(_ row: Row, _ amount: Int, _ currency: Int, _ visit: Visit) -> String {
        row.int64OrNil(amount).map { visit.formats.money($0, row.textOrNil(currency) ?? "CNY") } ?? ""
    }

    static func time(_ row: Row, _ column: Int, _ visit: Visit) -> String {
        row.instantOrNil(column).map { visit.formats.time($0) } ?? ""
    }

    static func hold(_ hold: String, _ visit: Visit) -> String {
        HoldKind(rawValue: hold) == nil ? hold : visit.say("queues.hold.\(hold)")
    }

    /// A row's own id: text that is none was never in the table.
    static func orderID(_ text: String) throws(SiteProblem) -> OrderID {
        guard let orderID = OrderID(text) else { throw .notFound }
        return orderID
    }

    static func member(_ memberID: String, _ visit: Visit, below: String? = nil) -> QueueCell {
        guard visit.viewer.may(.membersView) else { return .text(memberID, below: below) }
        return .link(memberID, "/master/members/record?key=\(PercentCoding.encoded(memberID))", below: below)
    }

    static func order(_ orderID: String) -> QueueCell { .link(orderID, "/orders/\(PercentCoding.encoded(orderID))") }

    /// `in 3 h`, `2 d ago`: how far a moment is, in the largest unit that fits.
    static func distance(_ due: Instant, _ visit: Visit) -> String {
        let minutes = (due - visit.mallNow).milliseconds / 60_000
        return length(minutes.magnitude, minutes < 0 ? "ago" : "in", visit)
    }

    /// `3 h left`: what a clock that stands still has left.
    static func rest(_ milliseconds: Int64, _ visit: Visit) -> String {
        length(milliseconds.magnitude / 60_000, "left", visit)
    }

    private static func length(_ minutes: UInt64, _ word: String, _ visit: Visit) -> String {
        let (count, unit) =
            minutes < 60 ? (minutes, "minutes") : minutes < 2880 ? (minutes / 60, "hours") : (minutes / 1440, "days")
        return visit.say("queues.\(word).\(unit)", ["count": "\(count)"])
    }
}

extension Visit {
    /// Why a buyer wants something back: words that channels commonly send, and whatever else they say as it is.
    func buyerReason(_ reason: String) -> String {
        let key = "queues.buyer-reason.\(reason.lowercased())"
        return tools.phrases.has(key) ? say(key) : reason
    }
}
