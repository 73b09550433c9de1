import Contracts
import IntakeDomain
import Kafka
import Pipeline
import Support

@testable import Intake

/// A day of a mall: messages that bring every kind of aggregate, and orders into every part of their life.
enum ManyOrders {
    /// A message with its topic and key; time passes before it where it says so.
    struct Step {
        let value: [UInt8]
        let type: String
        let topic: Topic
        let key: String
        var after: Duration = .zero

        init<M: Message>(_ message: M, on topic: Topic, key: String, after: Duration = .zero) {
            value = message.jsonBytes
            type = M.type
            self.topic = topic
            self.key = key
            self.after = after
        }

        init(_ fact: some Fact, after: Duration = .zero) {
            self.init(fact, on: fact.topic, key: fact.key, after: after)
        }
    }

    static var steps: [Step] { references + arrivals + progress + handling + endings }

    /// What is in the tables at the end of the day.
    static func aggregates() throws -> [Key: IntakeAggregate] {
        let handler = IntakeHandler.sample
        let place = MemoryPlace(handler)
        try play(ServiceRig(handler, place))
        return place.database.aggregates
    }

    static func play(_ rig: some Rig) throws {
        for (number, step) in steps.enumerated() {
            if step.after > .zero { try rig.advance(by: step.after) }
            rig.publish(step.value, type: step.type, on: step.topic, key: step.key, id: "step-\(number)")
            try rig.settle()
        }
    }

    private static func id(_ number: Int) -> OrderID { .sample("O/\(number)") }

    private static var references: [Step] {
        [
            Step(
                CatalogChannel.sample(memberID: "M1", secondApprovalAbove: 5000), on: .catalogChannels,
                key: "wechat-mini"),
            Step(CatalogItem.sample(), on: .catalogItems, key: "SKU-1"),
            Step(
                CatalogListing(
                    channel: "wechat-mini", externalSku: "set/1", components: [.init(sku: "SKU-1", quantity: 2)]),
                on: .catalogListings, key: "wechat-mini/set/1"),
            Step(
                DistributionMember.sample(parentID: "M1", grade: "gold", buyers: ["web/u-1"]),
                on: .distributionMembers, key: "M3"),
            Step(DistributionMember.sample(memberID: "M1"), on: .distributionMembers, key: "M1"),
            Step(DistributionBinding.sample(), on: .distributionBindings, key: "wechat-mini/u-77"),
        ]
    }

    /// Orders 1 and 2 unpaid, 3 to 8 paid, 9 with a SKU nobody knows.
    private static var arrivals: [Step] {
        var steps = (1...8).map { number in
            order(.sample(externalOrderID: "O/\(number)", freight: 500, paid: number > 2))
        }
        steps.append(order(.sample(externalOrderID: "O/9", lines: [.sample(sku: "theirs")])))
        steps.append(payment("O/1", "short", 400))
        return steps
    }

    private static var progress: [Step] {
        let reserved = (4...8).map { Step(StockReserved.sample(orderID: id($0))) }
        let dispatched = (6...8).map { Step(ShipmentDispatched.sample(orderID: id($0))) }
        let head = CommandHead.sample
        return reserved + dispatched + [
            command(NoteOrder(head: head("C-1", "x"), orderID: id(3), note: "ring twice")),
            command(HoldOrder(head: head("C-2", "address is odd"), orderID: id(3))),
            command(CancelOrder(head: head("C-3", "asked by phone"), orderID: id(5))),
            command(ReassignDistributor(head: head("C-4", "by phone"), orderID: id(4), memberID: "M1")),
        ]
    }

    /// Orders 10 to 12 with an unknown member, a SKU nobody knows and a price that changes; people at work.
    private static var handling: [Step] {
        let click = ChannelVisit(channel: "wechat-mini", visitorID: "u-5", memberID: "M1", at: .sample)
        let referral = ChannelOrder.Referral(code: "M7", kind: .link)
        let head = CommandHead.sample
        func pay(_ commandID: String, by actor: String) -> Step {
            command(
                ConfirmPayment(
                    head: CommandHead(commandID: commandID, actor: actor, reason: "bank", issuedAt: .sample),
                    orderID: id(12), paymentID: "B-1", amount: 9800, paidAt: .sample, proof: "slip 7"))
        }
        return [
            Step(click, on: .channelVisits, key: "wechat-mini/u-5"),
            order(.sample(externalOrderID: "O/10", buyer: .sample("u-5"), referral: referral)),
            order(.sample(externalOrderID: "O/11", lines: [.sample(sku: "others")])),
            order(.sample(externalOrderID: "O/12", lines: [.sample(quantity: 2)], freight: 500)),
            Step(DistributionMember.sample(memberID: "M7", parentID: "M8"), on: .distributionMembers, key: "M7"),
            Step(
                DistributionBinding.sample(memberID: "M1", boundAt: .sample + .days(-9)), on: .distributionBindings,
                key: "wechat-mini/u-77"),
            command(
                MatchSku(
                    head: head("C-5", "same"), orderID: id(9), channel: "wechat-mini", externalSku: "theirs",
                    sku: "SKU-1", quantity: 2)),
            command(HoldOrder(head: head("C-6", "ask"), orderID: id(11))),
            command(
                ChangePrice(
                    head: head("C-7", "haggled"), orderID: id(12), lines: [LinePrice(lineID: "1", unitPrice: 4700)],
                    freight: 400)),
            pay("C-8", by: "ann"),
            pay("C-9", by: "bob"),
            command(FlagOrder(head: head("C-10", "odd"), orderID: id(12), flag: "red")),
            command(BlockBuyer(head: head("C-11", "fraud"), orderID: id(3), buyerID: "wechat-mini/u-77")),
        ]
    }

    private static var endings: [Step] {
        [
            Step(CaseOpened.sample(orderID: id(7))),
            Step(CaseRefunded.sample(orderID: id(7))),
            Step(ShipmentDelivered.sample(orderID: id(6))),
            Step(
                ChannelOrderReceived(channel: "wechat-mini", externalOrderID: "O/8", receivedAt: .sample),
                on: .channelOrders, key: "wechat-mini/O/8"),
            payment("O/1", "late", 10_600, after: .minutes(31)),
            payment("O/2", "late", 10_499),
        ]
    }

    private static func order(_ order: ChannelOrder) -> Step {
        Step(order, on: .channelOrders, key: "wechat-mini/\(order.externalOrderID)")
    }

    private static func payment(_ order: String, _ id: String, _ amount: Int64, after: Duration = .zero) -> Step {
        Step(
            ChannelPayment.sample(externalOrderID: order, paymentID: id, amount: amount), on: .channelPayments,
            key: "wechat-mini/\(order)", after: after)
    }

    private static func command(_ command: some HeadedCommand) -> Step {
        Step(command, on: .commands(of: "intake"), key: command.key)
    }
}
