import ConsoleDomain
import Contracts

/// Reads what was typed about a case.
enum CaseForm {
    static func read(_ deed: CaseDeed, _ story: CaseStory, _ reader: inout FormReader) -> CaseAnswers {
        var typed = CaseAnswers(answers: QueueAnswers(reason: reader.text("reason", 1...500)))
        for field in deed.fields {
            typed.answers.read(field, as: field.name, currency: story.found.currency, with: &reader)
        }
        switch deed.lines {
        case .none: break
        case .received: typed.received = received(story, &reader)
        case .inspected: typed.inspected = inspected(story, &reader)
        }
        return typed
    }

    private static func received(_ story: CaseStory, _ reader: inout FormReader) -> [LinePieces] {
        var lines: [LinePieces] = []
        for line in story.found.lines {
            let quantity = reader.integer("received/\(line.lineID)", in: 0...line.quantity)
            if quantity > 0 { lines.append(LinePieces(lineID: line.lineID, quantity: quantity)) }
        }
        if lines.isEmpty { reader.complain("lines", "cases.fault.no-pieces") }
        return lines
    }

    /// Each piece has one fate; together no more than the case is about.
    private static func inspected(_ story: CaseStory, _ reader: inout FormReader) -> [InspectionLine] {
        var lines: [InspectionLine] = []
        for line in story.found.lines {
            var left = line.quantity
            let liability = reader.form.text("liability/\(line.lineID)").flatMap(Liability.init(rawValue:))
            for outcome in InspectionOutcome.allCases {
                let name = "\(outcome.rawValue)/\(line.lineID)"
                guard reader.form.text(name) != nil else { continue }
                let quantity = reader.integer(name, in: 0...max(left, 0))
                left -= quantity
                guard quantity > 0 else { continue }
                lines.append(
                    InspectionLine(
                        lineID: line.lineID, quantity: quantity, outcome: outcome, liability: liability))
            }
        }
        if lines.isEmpty { reader.complain("lines", "cases.fault.no-pieces") }
        return lines
    }
}
