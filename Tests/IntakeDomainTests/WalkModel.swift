/// What becomes of an order, told a second time: from DESIGN section 4, by plain flags, without the rules' own table.
///
/// The order has one line of two pieces for 100 yuan, sent in two parcels. Times are milliseconds after its arrival.
struct WalkModel: Equatable {
    enum Stage: String { case open, cancelled, completed }

    static let day: Int64 = 86_400_000
    let total: Int64 = 10_000
    let payAtTheDoor: Bool
    var stage = Stage.open
    var seenPayments: Set<String> = []
    var covered: Int64 = 0
    var excess: Int64 = 0
    var givenBack: Int64 = 0
    /// The whole sum has come, now or once: a reinstated order has it.
    var isPaid = false
    var cancelledByClock = false
    var number: Int64 = 1
    var isReserved = false
    var isBackordered = false
    var isHeld = false
    var isConfirmed = false
    var question: Int64?
    var questions: Int64 = 0
    var wishes: Set<String> = []
    var left: Set<Int> = []
    var arrived: Set<Int> = []
    var buyerHasIt = false
    var openCases: Set<Int> = []
    var endedCases: Set<Int> = []
    var paymentDue: Int64?
    var receiptDue: Int64?
    var receiptLeft: Int64?
    /// Names of the facts of the last event.
    var told: [String] = []

    init(payAtTheDoor: Bool) {
        self.payAtTheDoor = payAtTheDoor
        if !payAtTheDoor { paymentDue = 30 * 60_000 }
    }

    var state: String {
        switch stage {
        case .cancelled: return "cancelled"
        case .completed: return "completed"
        case .open: break
        }
        if left.count == 1 { return "partially-shipped" }
        if left.count == 2 { return arrived.count == 2 ? "delivered" : "shipped" }
        return isPaid ? "paid" : "pending-payment"
    }

    /// Whether the event can come at all: fulfilment sends only what is confirmed, clocks ring only when they run.
    func allows(_ event: WalkEvent) -> Bool {
        switch event {
        case .timeOut: paymentDue != nil
        case .receiveByTime: receiptDue != nil
        case .answerStop: question != nil
        case .payChanged: seenPayments.contains("P-1")
        case .dispatchFirst: left.contains(1) || isConfirmed && stage == .open
        case .dispatchSecond: left.contains(2) || isConfirmed && stage == .open
        case .deliverFirst: left.contains(1)
        case .deliverSecond: left.contains(2)
        default: true
        }
    }

    mutating func take(_ event: WalkEvent, at now: Int64) {
        told = []
        switch event {
        case .payWhole, .payWholeAgain, .payPart, .payRest, .payTooMuch:
            if let payment = WalkEvent.payments[event] { pay(payment.id, payment.amount) }
        case .payInVain, .payOtherMoney, .payChanged: break
        case .timeOut:
            paymentDue = nil
            cancel(byClock: true)
        case .buyerCancels: buyerCancels("first")
        case .buyerInsists: buyerCancels("second")
        case .operatorCancels:
            if question == nil, stage == .open, left.isEmpty { cancelOrAsk() }
            told.append("CommandAnswered")
        case .answerStop: answer()
        case .hold: hold()
        case .release: release(at: now)
        case .reserve: reserve(1, at: now)
        case .reserveAnew: reserve(2, at: now)
        case .backorder: if number == 1, stage == .open, left.isEmpty, !isReserved { isBackordered = true }
        case .reject: reject(1)
        case .rejectAnew: reject(2)
        case .dispatchFirst: dispatch(1, at: now)
        case .dispatchSecond: dispatch(2, at: now)
        case .deliverFirst: deliver(1, at: now)
        case .deliverSecond: deliver(2, at: now)
        case .receive: buyerHasIt = true
        case .receiveByTime: if stage == .open { complete() }
        case .openCase: open(1, at: now)
        case .openOther: open(2, at: now)
        case .endCase: end(1, at: now)
        case .endOther: end(2, at: now)
        }
        confirmIfReady()
        if buyerHasIt, left.count == 2, stage == .open { complete() }
    }
}

// MARK: money

extension WalkModel {
    private mutating func pay(_ paymentID: String, _ amount: Int64) {
        guard seenPayments.insert(paymentID).inserted else { return }
        if stage == .cancelled {
            guard cancelledByClock, amount >= total else { return returnAll(amount) }
            // The whole sum after the timeout: back once, with a new request for stock.
            stage = .open
            isPaid = true
            cancelledByClock = false
            covered = total
            number += 1
            isReserved = false
            isBackordered = false
            told.append("OrderReinstated")
            return tooMuch(amount - total)
        }
        let missing = total - covered
        guard missing > 0 else { return returnAll(amount) }
        guard amount >= missing else {
            covered += amount
            return told.append("PaymentShort")
        }
        covered = total
        isPaid = true
        paymentDue = nil
        told.append("OrderPaid")
        tooMuch(amount - missing)
    }

    private mutating func returnAll(_ amount: Int64) { tooMuch(amount) }

    private mutating func tooMuch(_ amount: Int64) {
        guard amount > 0 else { return }
        excess += amount
        told.append("PaymentExcess")
    }
}

// MARK: ending

extension WalkModel {
    private mutating func cancel(byClock: Bool = false) {
        stage = .cancelled
        cancelledByClock = byClock
        paymentDue = nil
        question = nil
        isPaid = false
        givenBack += covered
        covered = 0
        told.append("OrderCancelled")
    }

    private mutating func cancelOrAsk() {
        guard isConfirmed else { return cancel() }
        questions += 1
        question = questions
        told.append("OrderCancelRequested")
    }

    private mutating func buyerCancels(_ wish: String) {
        guard stage != .cancelled, !wishes.contains(wish), question == nil else { return }
        if stage == .open, left.isEmpty {
            if isConfirmed { wishes.insert(wish) }
            return cancelOrAsk()
        }
        wishes.insert(wish)
        questions += 1
        told.append("OrderCancelRefused")
    }

    private mutating func answer() {
        question = nil
        if left.isEmpty, stage == .open { return cancel() }
        told.append("OrderCancelRefused")
    }

    private mutating func complete() {
        stage = .completed
        receiptDue = nil
        receiptLeft = nil
        told.append("OrderCompleted")
    }
}

// MARK: stock, holds, goods

extension WalkModel {
    private mutating func reserve(_ answered: Int64, at now: Int64) {
        if answered == number, stage == .open { isReserved = true }
    }

    private mutating func reject(_ answered: Int64) {
        guard answered == number, stage == .open, left.isEmpty, !isReserved else { return }
        cancel()
    }

    private mutating func confirmIfReady() {
        guard !isConfirmed, stage == .open, isReserved, !isHeld, covered >= total || payAtTheDoor else { return }
        isConfirmed = true
        let answer = told.last == "CommandAnswered" ? told.removeLast() : nil
        told.append("OrderConfirmed")
        if let answer { told.append(answer) }
    }

    private mutating func hold() {
        if !isHeld, stage == .open, left.count < 2 {
            isHeld = true
            told.append("OrderHeld")
        }
        told.append("CommandAnswered")
    }

    private mutating func release(at now: Int64) {
        if isHeld, stage == .open {
            isHeld = false
            told.append("OrderReleased")
        }
        told.append("CommandAnswered")
    }

    private mutating func dispatch(_ parcel: Int, at now: Int64) {
        guard left.insert(parcel).inserted else { return }
        guard stage == .open else { return }
        guard left.count == 2 else { return told.append("OrderPartiallyShipped") }
        told.append("OrderShipped")
        startReceipt(days: 10, from: 0, at: now)
    }

    private mutating func deliver(_ parcel: Int, at now: Int64) {
        let wasDelivered = left.count == 2 && arrived.count == 2
        arrived.insert(parcel)
        guard stage == .open, left.count == 2, arrived.count == 2, !wasDelivered else { return }
        told.append("OrderDelivered")
        startReceipt(days: 7, from: 0, at: now)
    }

    /// Parcels of the walk leave and arrive at the hour of the order.
    private mutating func startReceipt(days: Int64, from: Int64, at now: Int64) {
        receiptDue = from + days * Self.day
        receiptLeft = nil
        if hasOpenCase { pause(at: now) }
    }

    private var hasOpenCase: Bool { !openCases.subtracting(endedCases).isEmpty }

    private mutating func open(_ number: Int, at now: Int64) {
        openCases.insert(number)
        if hasOpenCase { pause(at: now) }
    }

    private mutating func end(_ number: Int, at now: Int64) {
        endedCases.insert(number)
        guard !hasOpenCase, let rest = receiptLeft else { return }
        receiptDue = now + rest
        receiptLeft = nil
    }

    private mutating func pause(at now: Int64) {
        guard let due = receiptDue else { return }
        receiptLeft = max(0, due - now)
        receiptDue = nil
    }
}
