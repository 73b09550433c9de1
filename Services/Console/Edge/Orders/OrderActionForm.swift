import ConsoleDomain
import Contracts

/// The form of one action on one order, as it is shown and as it is read.
struct OrderActionForm {
    let action: OrderAction
    let story: OrderStory
    let visit: Visit
    /// The key of the phrase that says what is wrong, by field.
    private(set) var complaints: [String: String] = [:]
    /// What was entered is shown once more before it is sent.
    var isConfirming = false

    init(action: OrderAction, story: OrderStory, visit: Visit) {
        self.action = action
        self.story = story
        self.visit = visit
    }

    var refusal: OrderRefusal? { story.order.standing.refusal(of: action) }

    /// What the form wants; only to be sent when there are no complaints.
    mutating func read() -> OrderWish {
        var reader = FormReader(visit.form)
        _ = reader.text("reason", 2...500)
        let wish: OrderWish
        switch action {
        case .hold: wish = .hold
        case .release: wish = .release(hold(&reader))
        case .cancel: wish = .cancel
        case .note: wish = .note(reader.text("note", 1...2000))
        case .flag: wish = .flag(Self.flag(&reader))
        case .confirmReceipt: wish = .confirmReceipt
        case .extendReceipt: wish = .extendReceipt(days: reader.integer("days", in: OrderAction.extraDays))
        case .changePrice: wish = prices(&reader)
        case .reassign: wish = .reassign(member(&reader))
        }
        complaints = reader.complaints
        return wish
    }

    private func hold(_ reader: inout FormReader) -> HoldKind? {
        guard let text = visit.form.text("hold") else { return nil }
        guard let kind = HoldKind(rawValue: text), story.order.holds.contains(text) else {
            reader.complain("hold", "form.no-choice")
            return nil
        }
        return kind
    }

    /// One of the colours, or none.
    static func flag(_ reader: inout FormReader) -> String? {
        guard let flag = reader.form.text("flag") else { return nil }
        if !OrderAction.flags.contains(flag) { reader.complain("flag", "form.no-choice") }
        return flag
    }

    private func member(_ reader: inout FormReader) -> String? {
        guard let memberID = visit.form.text("member") else {
            if story.order.seller == nil { reader.complain("member", "form.missing") }
            return nil
        }
        if memberID == story.order.seller { reader.complain("member", "order.fault.same-member") }
        if memberID.utf8.count > 64 { reader.complain("member", "form.long") }
        return memberID
    }

    private func prices(_ reader: inout FormReader) -> OrderWish {
        let lines = story.lines
        let prices = lines.map { line in
            line.isGift ? 0 : reader.money("price-\(line.lineID)", in: OrderFilter.amounts)
        }
        let freight = reader.money("freight", in: OrderFilter.amounts)
        if reader.complaints.isEmpty, story.money.total(prices: prices, freight: freight) == nil {
            reader.complain("freight", "order.fault.impossible-total")
        }
        let changed = zip(lines, prices).filter { $0.unitPrice != $1 && !$0.isGift }
        let newFreight = freight == story.order.freight ? nil : freight
        if reader.complaints.isEmpty, changed.isEmpty, newFreight == nil {
            reader.complain("freight", "order.fault.same-price")
        }
        return .changePrice(
            changed.map { LinePrice(lineID: $0.0.lineID, unitPrice: $0.1) }, freight: newFreight)
    }
}
