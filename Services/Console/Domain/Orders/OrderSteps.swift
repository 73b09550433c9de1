public import Contracts

/// How far an order has come on its way: 待付款 → 已付款 → 已发货 → 已签收 → 已完成.
public struct OrderSteps: Sendable, Equatable {
    public struct Step: Sendable, Equatable {
        /// The state that it is called after.
        public let stage: OrderStage
        public let progress: Progress
        public let at: Instant?
    }

    public enum Progress: String, Sendable { case done, current, ahead }

    public let steps: [Step]

    /// - Parameter times: When the order came into each state, as far as it is known.
    public init(state: OrderStage, times: [OrderStage: Instant]) {
        let way: [OrderStage] = [.pendingPayment, .paid, .shipped, .delivered, .completed]
        guard state != .cancelled else {
            let passed = way.filter { $0 == .pendingPayment || times[$0] != nil }
            steps =
                passed.map { Step(stage: $0, progress: .done, at: times[$0]) }
                + [Step(stage: .cancelled, progress: .current, at: times[.cancelled])]
            return
        }
        let place = state == .partiallyShipped ? 2 : way.firstIndex(of: state) ?? 0
        steps = way.enumerated().map { index, stage in
            let shown = index == 2 && state == .partiallyShipped ? OrderStage.partiallyShipped : stage
            let progress = index == place ? Progress.current : index < place ? .done : .ahead
            return Step(stage: shown, progress: progress, at: progress == .ahead ? nil : times[stage])
        }
    }
}
