import ArgumentParser
import CommissionDomain
import Contracts
import Foundation

struct CalcCommissionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commission", abstract: "Says what a plan pays on orders, and takes back on refunds.",
        discussion: """
            The orders file holds an object a line: an order (OrderPlaced) or a refund of one before it (CaseRefunded). Prints a
            line for each: {"orderId", "legs": [{"memberId", "level", "kind", "lineId", "base", "rateBasisPoints", "amount",
            "why"}], "companyShare", "remainder"}; for a refund with its "refundId" and what it takes back. An order whose
            attribution has no chain gets that of its member. Under a plan that shifts own purchases, one of the `buyers` of a
            member pays that member as level 1. Exit status 65 when something cannot be read, after what came
            before it.
            """)
    @Option(help: "A file with one plan (distribution.plan.v1).") var plan: String
    @Option(help: "A file with a member a line (distribution.member.v1).") var members: String?
    @Option(help: "A file with an item a line (catalog.item.v1), for rates by class.") var items: String?
    @Option(help: "A file with an order or refund a line, or - for standard input.") var orders: String
    @Flag(help: "One line of JSON each.") var json = false

    func run() throws {
        do throws(Fault) {
            var trial = try CommissionTrial(
                plan: DistributionPlan(JSONDocument.object(read(plan))), members: lines(members), items: lines(items))
            let bytes = try read(orders)
            for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
                do throws(Fault) {
                    let object = try JSONDocument.object(Array(line))
                    let isRefund = object.value("refundId") != nil
                    show(isRefund ? try trial.refund(CaseRefunded(object)) : try trial.order(OrderPlaced(object)))
                } catch {
                    throw Fault(error.reason, field: "line \(number + 1)\(error.field.map { ": " + $0 } ?? "")")
                }
            }
        } catch {
            CalcFile.show(error, json: json)
            throw ExitCode(65)
        }
    }

    private func lines<M: Message>(_ path: String?) throws(Fault) -> [M] {
        guard let path else { return [] }
        var messages: [M] = []
        for line in try read(path).split(separator: UInt8(ascii: "\n")) {
            messages.append(try M(JSONDocument.object(Array(line))))
        }
        return messages
    }

    private func read(_ path: String) throws(Fault) -> [UInt8] {
        do { return try CalcFile.read(path) } catch {
            throw Fault("cannot be read: \(error.localizedDescription)", field: path)
        }
    }

    private func show(_ step: CommissionTrial.Step) {
        guard !json else { return print(String(decoding: step.jsonBytes, as: UTF8.self)) }
        print(step.refundID.map { "\(step.orderID), refund \($0)" } ?? step.orderID.text)
        let rows = step.legs.map {
            [$0.lineID, $0.memberID, "\($0.level)", $0.kind.rawValue, "\($0.base)", "\($0.amount)", $0.why]
        }
        if !rows.isEmpty { print(Screen.table(["line", "member", "level", "kind", "base", "amount", "why"], rows)) }
        print("company \(step.companyShare), remainder \(step.remainder)")
    }
}
