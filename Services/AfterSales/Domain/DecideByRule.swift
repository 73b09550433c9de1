import Contracts

/// Decides a case by its channel's rules, the first that fits.
///
/// - Source: DESIGN section 4, "After-sales": policy rules; every decision names its rule.
struct CaseRules {
    let rules: [AfterSalesRule]
    /// Cases that the buyer has had before this one.
    let earlierCases: Int64

    /// - Parameters:
    ///   - state: Holds the order's channel and buyer.
    ///   - isCounted: The case to be decided is one of the buyer's already.
    init(_ account: OrderAccount, given state: State<AfterSalesAggregate>, isCounted: Bool = true) {
        rules = state.channel(account.placed.channel)?.rules ?? AfterSalesPolicy.usualRules
        let history = account.placed.buyerID.flatMap { state.buyer($0) }?.cases ?? 0
        earlierCases = max(0, isCounted ? history - 1 : history)
    }

    /// - Parameter shipped: Whether any of the goods have left; `nil` where it does not matter.
    func rule(for asking: AfterSalesCase, shipped: Bool?) -> AfterSalesRule? {
        rules.first { rule in
            (rule.kinds.isEmpty || rule.kinds.contains(asking.kind))
                && (rule.reasons.isEmpty || rule.reasons.contains(asking.reason))
                && (rule.shipped == nil || rule.shipped == shipped)
                && rule.maximumAmount.map { asking.amount <= $0 } ?? true
                && rule.buyerCasesAbove.map { earlierCases > $0 } ?? true
        }
    }
}

extension OrderDraft {
    /// Approves or rejects a requested case by rule, or leaves it to a person or its clock.
    mutating func decide(_ asking: AfterSalesCase, by rules: CaseRules, shipped: Bool?) {
        // An appeal is for people alone: the rules have spoken.
        guard asking.state == .requested, !asking.isAppeal, let rule = rules.rule(for: asking, shipped: shipped) else {
            return
        }
        switch rule.decide {
        case .ask: break
        case .reject: reject(asking, because: rule.name, by: "policy")
        case .approve:
            guard !asking.kind.isReplaced || asking.replacement?.isReserved == true else { return }
            approve(asking, rule: rule.name, by: "policy")
        }
    }

    /// Counts a case for its buyer.
    mutating func count(for buyerID: String?, given state: State<AfterSalesAggregate>) {
        guard let buyerID else { return }
        var history = state.buyer(buyerID) ?? BuyerHistory(buyerID: buyerID, cases: 0)
        history.cases += 1
        change(.buyerAsked(history))
    }
}
