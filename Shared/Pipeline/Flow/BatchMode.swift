import Contracts

/// In whose company the entries of a batch are decided.
enum BatchMode: Equatable {
    /// With all that waits for what they touch.
    case together
    /// Without: so that what the database refuses can be told to be the entry's own.
    case alone
    /// Not decided at all, but put aside.
    case buried(Fault)

    var offersWaiting: Bool { self == .together }

    var verdict: Fault? { if case .buried(let fault) = self { fault } else { nil } }
}
