import ConsoleDomain
import Contracts

/// Something that may be asked for one case.
struct CaseDeed: Sendable {
    /// Pieces that have to be told line by line.
    enum Lines: Sendable { case none, received, inspected }

    /// Phrases are `cases.do.<name>` and `cases.effect.<name>`.
    let name: String
    let permission: Permission
    var isDangerous = false
    var fields: [QueueField] = []
    var lines = Lines.none
    let allows: @Sendable (CaseStory) -> Bool
    let send: @Sendable (Visit, CaseStory, CaseAnswers) async throws -> String
}

/// What was typed about a case.
struct CaseAnswers: Sendable {
    var answers: QueueAnswers
    var received: [LinePieces] = []
    var inspected: [InspectionLine] = []
}

/// A case with what was asked for it and what became of that.
struct CaseStory: Sendable {
    let found: CaseRead
    let commands: [CommandNote]
    let facts: [FactNote]

    struct CommandNote: Sendable {
        let commandID: String
        let type: String
        let actor: String
        let reason: String
        let at: Instant
        let outcome: String?
        let answer: String?
    }

    struct FactNote: Sendable {
        let type: String
        let at: Instant
        let place: String
    }

    var state: String { found.state }
    var bringsGoodsBack: Bool { found.caseKind?.bringsGoodsBack ?? false }
    var isReplaced: Bool { found.caseKind?.isReplaced ?? false }

    var isPaused: Bool { found.deadline?.isPaused ?? false }
    var hasClock: Bool { found.deadline?.act.isByClock ?? false }
}
