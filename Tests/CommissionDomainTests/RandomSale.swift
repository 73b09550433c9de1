import Contracts
import Support

/// An order, a plan and refunds, drawn at random within what the contract allows.
struct RandomSale {
    let plan: DistributionPlan
    let order: OrderPlaced
    let classes: [String: String]
    /// Lines and what is paid back of them, in order; of some lines the whole price.
    let refunds: [(lineID: String, amount: Int64)]

    private static let skus = ["A", "B", "C"]
    private static let grades = ["gold", "silver"]
    private static let commissionClasses = ["beauty", "food"]

    init(_ random: inout SeededGenerator) {
        plan = Self.plan(&random)
        classes = Dictionary(
            uniqueKeysWithValues: Self.skus.prefix(Int.random(in: 0...3, using: &random)).map { sku in
                (sku, Self.commissionClasses.randomElement(using: &random) ?? "beauty")
            })
        let chain = (1...Int.random(in: 1...5, using: &random)).map { number in
            ChainLink(
                memberID: "M\(number)",
                grade: Bool.random(using: &random) ? Self.grades.randomElement(using: &random) : nil)
        }
        let lines = (1...Int.random(in: 1...4, using: &random)).map { Self.line($0, &random) }
        order = .sample(
            lines: lines, freight: Int64.random(in: 0...900, using: &random), attribution: .sample(chain: chain))
        refunds = Self.refunds(of: lines, &random)
    }

    private static func plan(_ random: inout SeededGenerator) -> DistributionPlan {
        let levels = (1...Int.random(in: 1...5, using: &random)).map { number in
            DistributionPlan.Level(level: Int64(number), rates: rates(&random))
        }
        let mode = DistributionPlan.Mode.allCases.randomElement(using: &random) ?? .levels
        return .sample(
            levels: levels, mode: mode, supplyPrices: mode == .margin ? supplyPrices(&random) : [],
            poolCapBasisPoints: Int64.random(in: 0...10_000, using: &random), acknowledgeLevels: true)
    }

    /// Not of every SKU and grade, and dear or cheap however high the grade.
    private static func supplyPrices(_ random: inout SeededGenerator) -> [DistributionPlan.SupplyPrice] {
        let highest = ([3, 500, 40_000] as [Int64]).randomElement(using: &random) ?? 3
        return skus.flatMap { sku in
            [nil, "gold", "silver"].filter { _ in Int.random(in: 0...3, using: &random) > 0 }.map { grade in
                DistributionPlan.SupplyPrice(
                    sku: sku, grade: grade, price: Int64.random(in: 0...highest, using: &random))
            }
        } + [DistributionPlan.SupplyPrice(sku: "none of these", price: 1)]
    }

    /// Any choice of the eight kinds of conditions, each once.
    private static func rates(_ random: inout SeededGenerator) -> [DistributionPlan.Rate] {
        var rates: [DistributionPlan.Rate] = []
        for conditions in 0..<8 where Int.random(in: 0...2, using: &random) == 0 || conditions == 0 {
            let reward: DistributionPlan.Rate.Reward =
                Int.random(in: 0...5, using: &random) == 0
                ? .amountPerUnit(Int64.random(in: 0...200, using: &random))
                : .basisPoints(Int64.random(in: 0...3000, using: &random))
            rates.append(
                DistributionPlan.Rate(
                    reward, grade: conditions & 1 > 0 ? grades.randomElement(using: &random) : nil,
                    commissionClass: conditions & 2 > 0 ? commissionClasses.randomElement(using: &random) : nil,
                    sku: conditions & 4 > 0 ? skus.randomElement(using: &random) : nil))
        }
        return rates.shuffled(using: &random)
    }

    private static func line(_ number: Int, _ random: inout SeededGenerator) -> PlacedLine {
        let quantity = Int64.random(in: 1...7, using: &random)
        let price = Int64.random(in: 0...[3, 500, 40_000].randomElement(using: &random)!, using: &random)
        let discount = Int64.random(in: 0...price * quantity, using: &random) / 3
        return .sample(
            "\(number)", sku: skus.randomElement(using: &random) ?? "A", quantity: quantity, unitPrice: price,
            discount: discount, orderDiscountShare: min(price * quantity - discount, 7))
    }

    private static func refunds(
        of lines: [PlacedLine], _ random: inout SeededGenerator
    ) -> [(lineID: String, amount: Int64)] {
        var refunds: [(lineID: String, amount: Int64)] = []
        for line in lines {
            var left = line.paid
            for _ in 0..<Int.random(in: 0...4, using: &random) where left > 0 {
                let amount =
                    Int.random(in: 0...3, using: &random) == 0 ? left : Int64.random(in: 1...left, using: &random)
                refunds.append((line.lineID, amount))
                left -= amount
            }
        }
        return refunds.shuffled(using: &random)
    }
}
