import ConsoleDomain
import Contracts

/// What pages say of a case's clock.
struct CaseClockWords {
    let deadline: CaseDeadline
    let visit: Visit

    /// What happens by itself.
    var act: String { visit.say("queues.clock.\(deadline.act.rawValue)") }

    /// In how long, or that it stands still, or that somebody has to decide.
    var tag: QueueCell.Tag? {
        if deadline.isPaused { return QueueCell.Tag(text: visit.say("queues.clock-paused"), tone: "warn") }
        if let due = deadline.due {
            let isClose = due < visit.mallNow + .hours(24)
            return QueueCell.Tag(text: QueueWords.distance(due, visit), tone: isClose ? "bad" : "")
        }
        guard deadline.act == .person else { return nil }
        return QueueCell.Tag(text: visit.say("queues.yours"), tone: "warn")
    }

    /// When it runs out, or how much it has left.
    var time: String? {
        deadline.rest.map { QueueWords.rest($0, visit) } ?? deadline.due.map { visit.formats.time($0) }
    }

    /// Why it is not as its rule says, and who wanted that.
    var reason: String? {
        guard let reason = deadline.reason, deadline.due != nil || deadline.isPaused else { return nil }
        let key = "queues.clock-reason.\(reason)"
        let words = visit.tools.phrases.has(key) ? visit.say(key) : reason
        guard let by = deadline.by, by != "policy" else { return words }
        return visit.say("queues.clock-by", ["reason": words, "by": by])
    }

    var cell: QueueCell {
        let below = [time, reason].compactMap { $0 }.joined(separator: " · ")
        return QueueCell(text: act, below: below.isEmpty ? nil : below, tags: tag.map { [$0] } ?? [])
    }
}
