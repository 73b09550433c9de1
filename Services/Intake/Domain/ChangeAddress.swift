import Contracts

extension IntakeRules {
    /// Sends an order elsewhere as long as it is not confirmed: from then on its parcels are planned and packed.
    ///
    /// - Returns: Why not, or `nil`.
    func changeAddress(
        _ command: ChangeAddress, on step: inout OrderStep, _ state: State<IntakeAggregate>
    ) -> String? {
        let order = step.order
        let parties = state.parties(order.orderID)
        guard case .legal = order.state.after(.readdressed) else { return order.state.refusal(of: .readdressed) }
        guard order.confirmedAt == nil else { return "the order is confirmed already, its parcels are being packed" }
        guard order.placed.delivery == .express || order.placed.delivery == .local else {
            return "the order is not sent to an address"
        }
        guard parties?.shipTo?.sealed == nil else { return "the address is the platform's" }
        let shipTo = ChannelOrder.Address(command.shipTo)
        let changed = Parties(
            orderID: order.orderID, buyerID: order.partiesOwner, buyer: parties?.buyer, shipTo: shipTo,
            note: parties?.note)
        do throws(Fault) { try record(changed, on: &step, state) } catch { return error.reason }
        let placed = order.placed
        step.revise(
            OrderRevised(
                orderID: order.orderID, cause: .address, reservation: order.reservation,
                region: Region(
                    country: shipTo.country, province: shipTo.province, city: shipTo.city, district: shipTo.district),
                fingerprints: fingerprints(of: shipTo, parties?.buyer),
                weightGrams: placed.weightGrams, lines: placed.lines, goodsTotal: placed.goodsTotal,
                freight: placed.freight, total: placed.total, receivable: placed.receivable, actor: command.actor,
                reason: command.reason, revisedAt: step.now))
        step.endHold(.incompleteAddress)
        return nil
    }
}

extension ChannelOrder.Address {
    fileprivate init(_ address: NewAddress) {
        self.init(
            name: address.name, phone: address.phone, country: address.country, province: address.province,
            city: address.city, district: address.district, street: address.street, postalCode: address.postalCode)
    }
}
