public import Contracts

extension IntakeRules {
    /// What must be loaded to decide a message, as far as what is loaded already tells.
    ///
    /// Members are followed upwards, one level a round; see `Batch.maximumRounds`.
    public func keys(of message: IntakeMessage, given state: State<IntakeAggregate>) -> [Key] {
        switch message {
        case .order(let order): keys(placing: order, state)
        case .snapshot(let snapshot): keys(following: snapshot, state)
        case .command(let command): keys(obeying: command, state)
        case .reference(let record): [record.key]
        default: message.orderKey.map { [$0] } ?? []
        }
    }

    private func keys(placing order: ChannelOrder, _ state: State<IntakeAggregate>) -> [Key] {
        var keys: [Key] = [
            .order(order.orderID), .external(order.channel, order.externalOrderID), .channel(order.channel),
        ]
        for line in order.lines {
            keys.append(.item(line.sku))
            let listing = Key.listing(order.channel, line.sku)
            keys.append(listing)
            guard state.isLoaded(listing) else { continue }
            keys.append(contentsOf: state.listing(order.channel, line.sku)?.components.map { .item($0.sku) } ?? [])
        }
        if let buyerID = order.buyerID { keys.append(.binding(buyerID)) }
        guard keys.allSatisfy({ state.isLoaded($0) }), let channel = state.channel(order.channel) else { return keys }
        let binding = order.buyerID.flatMap { state.binding($0) }
        for candidate in AttributionCandidate.all(of: order, channel.record, binding) where candidate.handicap == nil {
            keys.append(contentsOf: uplineKeys(of: candidate.memberID, at: order.placedAt, state))
        }
        return keys
    }

    private func keys(following snapshot: ChannelSnapshot, _ state: State<IntakeAggregate>) -> [Key] {
        let order = snapshot.order
        var keys = keys(placing: order, state)
        keys += [.parties(order.orderID), .snapshot(order.channel, order.externalOrderID)]
        guard let parent = snapshot.splitFrom else { return keys }
        return keys + [.external(order.channel, parent), .snapshot(order.channel, parent)]
    }

    private func keys(obeying command: IntakeCommand, _ state: State<IntakeAggregate>) -> [Key] {
        let key = Key.order(command.orderID)
        guard case .reassign(let memberID?) = command.wish, state.isLoaded(key), let order = state.order(key) else {
            return [key]
        }
        return [key] + uplineKeys(of: memberID, at: order.placed.placedAt, state)
    }
}
