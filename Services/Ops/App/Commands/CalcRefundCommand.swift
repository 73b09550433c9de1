import AfterSalesDomain
import ArgumentParser
import Contracts
import Foundation
import IntakeDomain

struct CalcRefundCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund", abstract: "Says what each step of an order's refunds pays back.",
        discussion: """
            The file holds one object: "order" (an OrderPlaced, or channel.order.v1), taken as paid in full, and "steps",
            each with "kind" (refund when not given, return, exchange), "lines" of "lineId" and "quantity", "amount" when
            less is wanted, and "shipped" once the goods have left.
            Prints {"steps": [{"amount", "lines", "freight"}], "remaining"}; a step the rules refuse has "refused" and pays
            nothing. With --lines every line of the file is such an object. Exit status 65 when it cannot be read so.
            """)
    @Option(help: "A file with an order and its steps, or - for standard input.") var file: String
    @Flag(help: "Every line of the file is a case of its own.") var lines = false
    @Flag(help: "One line of JSON.") var json = false

    func run() throws {
        let bytes = try CalcFile.read(file)
        let documents = lines ? bytes.split(separator: UInt8(ascii: "\n")).map(Array.init) : [bytes]
        do throws(Fault) {
            for document in documents { show(try RefundsAnswer(JSONDocument.object(document))) }
        } catch {
            CalcFile.show(error, json: json)
            throw ExitCode(65)
        }
    }

    private func show(_ answer: RefundsAnswer) {
        guard !json else { return print(String(decoding: answer.jsonBytes, as: UTF8.self)) }
        for (number, step) in answer.steps.enumerated() {
            let lines = step.lines.map { "\($0.quantity) of line \($0.lineID): \($0.amount)" }
            let parts = step.refused.map { ["refused: \($0)"] } ?? lines + ["freight \(step.freight)"]
            print("\(number + 1)  \(step.amount)  \(parts.joined(separator: ", "))")
        }
        print("remaining \(answer.remaining)")
    }
}

/// What all steps of one order pay back, and what is left.
private struct RefundsAnswer {
    var steps: [RefundTrial.Step] = []
    let remaining: Int64

    init(_ json: JSONObject) throws(Fault) {
        var trial = try RefundTrial(Self.order(json.object("order")))
        for (index, value) in try json.values("steps", atMost: 10_000).enumerated() {
            do throws(Fault) {
                steps.append(try trial.step(value.object()))
            } catch {
                let step = "steps[\(index)]"
                let field = error.field.map { $0.hasPrefix(step) ? $0 : "\(step).\($0)" }
                throw Fault(error.reason, field: field ?? step)
            }
        }
        remaining = trial.remaining
    }

    /// The outside's order is brought into the shape that after-sales reads, as intake would.
    private static func order(_ json: JSONObject) throws(Fault) -> OrderPlaced {
        json.value("orderId") == nil ? try ChannelOrder(json).placedByItself() : try OrderPlaced(json)
    }

    var jsonBytes: [UInt8] {
        JSONWriter.object { writer in
            writer.array("steps") { array in
                for step in steps {
                    array.element { object in
                        object.field("amount", step.amount)
                        object.field("lines", list: step.lines)
                        object.field("freight", step.freight)
                        object.field("refused", step.refused)
                    }
                }
            }
            writer.field("remaining", remaining)
        }
    }
}
