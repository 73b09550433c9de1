import Contracts

/// Everything known of members, bindings and clicks: what is stored, with what a record just now adds to it.
struct Acquaintance {
    private let state: State<IntakeAggregate>
    private var member: MemberHistory?
    private var binding: BindingHistory?
    private var buyer: BuyerRecord?

    init(_ state: State<IntakeAggregate>) { self.state = state }

    /// - Parameter news: What is about to be stored.
    init(_ state: State<IntakeAggregate>, _ news: IntakeAggregate) {
        self.state = state
        switch news {
        case .member(let history): member = history
        case .binding(let history): binding = history
        case .buyer(let record): buyer = record
        default: break
        }
    }

    /// A member as of a moment; `nil` when nobody has told of it.
    func member(_ memberID: String, at moment: Instant) -> MemberVersion? {
        let history = memberID == member?.memberID ? member : state.member(memberID)
        return history?.version(at: moment)
    }

    func isLoaded(_ memberID: String) -> Bool { memberID == member?.memberID || state.isLoaded(.member(memberID)) }

    /// The bindings that the sale can see, oldest first.
    func bindings(of sale: Sale) -> [BoundMember] {
        guard let buyerID = sale.buyerID else { return [] }
        let history = buyerID == binding?.buyerID ? binding : state.binding(buyerID)
        return history?.entries(at: sale.placedAt) ?? []
    }

    /// The clicks that the sale can see, oldest first; only the mode `last-click` asks for them.
    func clicks(of sale: Sale) -> [BuyerClick] {
        guard sale.claims.mode == .lastClick, let buyerID = sale.buyerID else { return [] }
        let record = buyerID == buyer?.buyerID ? buyer : state.buyer(buyerID)
        return record?.clicks.filter { $0.at <= sale.placedAt } ?? []
    }
}
