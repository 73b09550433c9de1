import Contracts

extension IntakeRules {
    /// Finds the distributor of a new order: the first candidate of the channel's mode whom nothing speaks against.
    ///
    /// - Returns: `nil` when there is none; an unknown member never delays a sale.
    /// - Source: DESIGN section 4, "Attribution".
    func attribute(
        _ order: ChannelOrder, _ channel: CatalogChannel, given state: State<IntakeAggregate>
    ) -> Attribution? {
        let binding = order.buyerID.flatMap { state.binding($0) }
        var contest: [Contender] = []
        var winner: (candidate: AttributionCandidate, chain: [ChainLink])?
        for candidate in AttributionCandidate.all(of: order, channel, binding) {
            if let winner {
                let reason = candidate.handicap ?? "\(winner.candidate.memberID) comes first"
                contest.append(candidate.loser(reason))
            } else if let handicap = candidate.handicap {
                contest.append(candidate.loser(handicap))
            } else {
                switch upline(of: candidate.memberID, for: order.buyerID, at: order.placedAt, state) {
                case .refused(let why): contest.append(candidate.loser(why))
                case .chain(let chain): winner = (candidate, chain)
                }
            }
        }
        return winner.map { winner in
            Attribution(
                memberID: winner.candidate.memberID, kind: winner.candidate.kind, chain: winner.chain,
                reason: winner.candidate.reason, contest: contest)
        }
    }
}
