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

    /// Somebody has stopped its clock and nobody has let it go on.
    var isPaused: Bool {
        let types = [PauseCase.type, ResumeCase.type]
        return commands.first { types.contains($0.type) && $0.outcome == "accepted" }?.type == PauseCase.type
    }

    var hasClock: Bool { found.deadline.map { $0.act != .person } ?? false }
}
