public import Contracts

/// Who earns what on an order, from the seller upwards, with each leg and what became of it.
///
/// - Units: minor units. The pool is what all legs, the company's share and the remainder add up to.
public struct CommissionTree: Sendable, Equatable {
    public struct Node: Sendable, Equatable {
        public let memberID: String
        /// Steps above the buyer's distributor, who is level 1; nil for one of the upline who earns nothing.
        public let level: Int64?
        public internal(set) var legs: [CommissionLeg] = []
        public internal(set) var accrued: Int64 = 0
        public internal(set) var matured: Int64 = 0
        public internal(set) var reversedFrozen: Int64 = 0
        public internal(set) var reversedMatured: Int64 = 0

        /// What may still be taken back without asking.
        public var frozen: Int64 { accrued - matured - reversedFrozen }
        public var reversed: Int64 { reversedFrozen + reversedMatured }
        /// What is left of it.
        public var left: Int64 { accrued - reversed }
    }

    /// One step of the story, as it was told.
    public enum Fact: Sendable {
        case accrued(CommissionAccrued)
        case matured(CommissionMatured)
        case reversed(CommissionReversed)
    }

    public private(set) var nodes: [Node]
    public private(set) var companyShare: Int64 = 0
    public private(set) var remainder: Int64 = 0
    public private(set) var planID: String?
    public private(set) var planVersion: Int64?

    /// - Parameters:
    ///   - chain: The seller and those above, nearest first.
    ///   - facts: In the order in which they were told.
    public init(chain: [String], facts: [Fact]) {
        nodes = chain.map { Node(memberID: $0, level: nil) }
        for fact in facts { add(fact) }
        nodes = nodes.map { node in
            guard let level = node.legs.map(\.level).min() else { return node }
            return node.at(level)
        }
    }

    public var accrued: Int64 { nodes.reduce(0) { $0 + $1.accrued } }
    public var reversed: Int64 { nodes.reduce(0) { $0 + $1.reversed } }
    public var left: Int64 { accrued - reversed }
    public var pool: Int64 { left + companyShare + remainder }
    public var isEmpty: Bool { nodes.allSatisfy { $0.legs.isEmpty } }

    private mutating func add(_ fact: Fact) {
        switch fact {
        case .accrued(let accrued):
            note(accrued.planID, accrued.planVersion, accrued.companyShare, accrued.remainder)
            for leg in accrued.legs {
                change(leg.memberID) { node in
                    node.legs.append(leg)
                    node.accrued += leg.amount
                }
            }
        case .matured(let matured):
            for leg in matured.legs { change(leg.memberID) { $0.matured += leg.amount } }
        case .reversed(let reversed):
            note(reversed.planID, reversed.planVersion, -reversed.companyShare, -reversed.remainder)
            for leg in reversed.legs {
                change(leg.memberID) { node in
                    if node.matured > 0 {
                        node.reversedMatured += leg.amount
                    } else {
                        node.reversedFrozen += leg.amount
                    }
                }
            }
        }
    }

    private mutating func note(_ planID: String, _ version: Int64, _ company: Int64, _ rest: Int64) {
        self.planID = planID
        planVersion = version
        companyShare += company
        remainder += rest
    }

    private mutating func change(_ memberID: String, _ body: (inout Node) -> Void) {
        if let index = nodes.firstIndex(where: { $0.memberID == memberID }) {
            body(&nodes[index])
        } else {
            var node = Node(memberID: memberID, level: nil)
            body(&node)
            nodes.append(node)
        }
    }
}

extension CommissionTree.Node {
    fileprivate func at(_ level: Int64) -> Self {
        var node = Self(memberID: memberID, level: level)
        node.legs = legs.sorted { ($0.lineID, $0.level) < ($1.lineID, $1.level) }
        node.accrued = accrued
        node.matured = matured
        node.reversedFrozen = reversedFrozen
        node.reversedMatured = reversedMatured
        return node
    }
}
