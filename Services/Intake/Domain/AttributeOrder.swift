import Contracts

/// Whose a sale is, by all that is known now.
struct AttributionVerdict: Equatable {
    var attribution: Attribution?
    /// Of an attribution its contest, else all who could have had the order.
    var contest: [Contender] = []
    /// Members of whom nobody has told yet and who would matter.
    var unknown: [String] = []
}

extension IntakeRules {
    /// Finds the distributor of a sale: the first candidate of the channel's mode whom nothing speaks against.
    ///
    /// - Returns: No attribution when there is none; an unknown member never delays a sale.
    /// - Source: DESIGN section 4, "Attribution".
    func attribute(_ sale: Sale, _ known: Acquaintance) -> AttributionVerdict {
        var verdict = AttributionVerdict()
        var winner: (candidate: AttributionCandidate, chain: [ChainLink])?
        for candidate in AttributionCandidate.all(of: sale, known) {
            if let winner {
                let reason = candidate.handicap ?? "\(winner.candidate.memberID) comes first"
                verdict.contest.append(candidate.loser(reason))
                continue
            }
            if let handicap = candidate.handicap {
                verdict.contest.append(candidate.loser(handicap))
                continue
            }
            let upline = upline(of: candidate.memberID, for: sale.buyerID, at: sale.placedAt, known)
            verdict.unknown += upline.unknown
            if let why = upline.refusal {
                verdict.contest.append(candidate.loser(why))
            } else {
                winner = (candidate, upline.chain)
                verdict.contest += upline.leftOut.map { left in
                    Contender(memberID: left.memberID, kind: candidate.kind, reason: left.reason)
                }
            }
        }
        verdict.attribution = winner.map { winner in
            Attribution(
                memberID: winner.candidate.memberID, kind: winner.candidate.kind, chain: winner.chain,
                reason: winner.candidate.reason, contest: verdict.contest)
        }
        return verdict
    }
}
