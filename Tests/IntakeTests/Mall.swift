import Contracts
import IntakeDomain
import Pipeline
import Support

@testable import Intake

/// Intake on memory with one channel and one item, and the outside's voice.
struct Mall {
    let service: ServiceHarness<IntakeHandler>

    /// - Parameter privacy: Without it nobody is told whom orders are for.
    init(_ channel: CatalogChannel = .sample(), privacy: PrivacyTerms? = nil) throws {
        service = ServiceHarness(IntakeHandler(calendar: .shanghai, privacy: privacy))
        service.publish(channel, on: .catalogChannels, key: channel.channel)
        service.publish(CatalogItem.sample(), on: .catalogItems, key: "SKU-1")
        try service.settle()
    }

    func publish(_ order: ChannelOrder, id: String? = nil) {
        service.publish(order, on: .channelOrders, key: "\(order.channel)/\(order.externalOrderID)", id: id)
    }

    func publish(_ payment: ChannelPayment, id: String? = nil) {
        service.publish(payment, on: .channelPayments, key: "\(payment.channel)/\(payment.externalOrderID)", id: id)
    }

    func publish(_ cancel: ChannelOrderCancel) {
        service.publish(cancel, on: .channelOrders, key: "\(cancel.channel)/\(cancel.externalOrderID)")
    }

    func publish(_ received: ChannelOrderReceived) {
        service.publish(received, on: .channelOrders, key: "\(received.channel)/\(received.externalOrderID)")
    }

    func publish(_ member: DistributionMember) {
        service.publish(member, on: .distributionMembers, key: member.memberID)
    }

    func publish(_ binding: DistributionBinding) {
        service.publish(
            binding, on: .distributionBindings, key: "\(binding.channel)/\(binding.externalBuyerID)")
    }

    func command<C: HeadedCommand>(_ command: C) throws -> CommandAnswered? {
        service.publish(command, on: .commands(of: "intake"), key: command.key)
        try service.settle()
        return service.facts(CommandAnswered.self).last
    }

    func order(_ orderID: OrderID = .sample) -> Order? {
        guard case .order(let order) = service.database.aggregates[.order(orderID)] else { return nil }
        return order
    }

    /// An order as far as `OrderConfirmed`.
    static func confirmed(_ channel: CatalogChannel = .sample()) throws -> Mall {
        let mall = try Mall(channel)
        mall.publish(ChannelOrder.sample(paid: true))
        try mall.service.settle()
        mall.service.publish(StockReserved.sample())
        try mall.service.settle()
        return mall
    }

    /// An order of one parcel as far as `OrderShipped`.
    static func shipped(_ channel: CatalogChannel = .sample()) throws -> Mall {
        let mall = try confirmed(channel)
        mall.service.publish(ShipmentDispatched.sample())
        try mall.service.settle()
        return mall
    }
}

extension CommandHead {
    static func sample(_ commandID: String, _ reason: String) -> CommandHead {
        CommandHead(commandID: commandID, actor: "user-1", reason: reason, issuedAt: .sample)
    }
}
