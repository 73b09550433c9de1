/// The faults a test has switched on; all off by default.
struct Faults {
    /// New connections are closed at once.
    var refusesConnections = false
    /// Every answer comes this much later.
    var answerDelay: Duration = .zero
    /// So many answers to Produce are swallowed, each with its connection: the append is done, the answer lost.
    var produceAnswersToDrop = 0
    /// After so many more bytes of answers the connection that carries the last of them is cut, even within a frame.
    var answerBytesUntilCut: Int?
}

/// What all connections of one front share.
struct Traffic {
    /// An answer in a version the front cannot read waits so long at most: 1,000 idle fetches a second, not 10,000.
    static let holdOfUnknownVersion = Duration.milliseconds(1)

    /// The port the clients know.
    let port: UInt16
    let maximumHold: Duration
    var journal = WriteJournal()
    var faults = Faults()
    /// Where bytes are received before they are put in their place.
    var scratch = [UInt8](repeating: 0, count: 256 * 1024)
}
