import ArgumentParser
import Contracts
import Foundation
import IntakeDomain

struct CalcCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calc", abstract: "Checks the rules by hand, without broker or database.",
        subcommands: [
            CalcOrderCommand.self, CalcAttributionCommand.self, CalcForecastCommand.self, CalcRouteCommand.self,
            CalcWaybillCommand.self, CalcSignCommand.self, CalcRefundCommand.self, CalcCommissionCommand.self,
        ])
}

struct CalcOrderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Reads a channel's payload as intake does.",
        discussion: """
            Prints {"order": …} in the shape of channel.order.v1, or {"fault": {"reason", "field"}} with exit status 65.
            Without --json a few lines for people, with what the platform's status implies.
            """)
    @Option(help: "The message type, like shopify.order.v1.") var type: String
    @Option(help: "A file with one payload, or - for standard input.") var file: String
    @Option(help: "The channel it comes from; the platform's name when not given.") var channel: String?
    @Flag(help: "One line of JSON.") var json = false

    func validate() throws {
        guard type == ChannelOrder.type || NativeOrder(rawValue: type) != nil else {
            let types = ([ChannelOrder.type] + NativeOrder.allCases.map(\.rawValue)).joined(separator: ", ")
            throw ValidationError("\(type) is none of \(types)")
        }
    }

    func run() throws {
        let bytes = try CalcFile.read(file)
        do throws(Fault) {
            let object = try JSONDocument.object(bytes)
            guard let native = NativeOrder(rawValue: type) else {
                show(try ChannelOrder(object), nil)
                return
            }
            let name = channel ?? String(type.prefix { $0 != "." })
            let snapshot = try native.read(object, channel: name)
            show(snapshot.order, snapshot)
        } catch {
            CalcFile.show(error, json: json)
            throw ExitCode(65)
        }
    }

    private func show(_ order: ChannelOrder, _ snapshot: ChannelSnapshot?) {
        if json {
            print(String(decoding: JSONWriter.object { $0.field("order", order) }, as: UTF8.self))
            return
        }
        print("\(order.channel)/\(order.externalOrderID)  placed \(order.placedAt)")
        for line in order.lines {
            let mark = line.gift ? "  gift" : ""
            print("  \(line.lineID)  \(line.sku)  \(line.quantity) × \(line.unitPrice) − \(line.discount)\(mark)")
        }
        print("  discount \(order.orderDiscount)  freight \(order.freight)  tax \(order.tax)")
        print(
            "  total \(order.total) \(order.currency)  receivable \(order.receivable)  paid \(order.payment?.amount ?? 0)"
        )
        guard let snapshot else { return }
        let status = snapshot.status
        print("  changed \(snapshot.modifiedAt)  shipping \(status.shipping)  hold \(status.hold?.rawValue ?? "none")")
        if let cancelledAt = status.cancelledAt { print("  cancelled \(cancelledAt)") }
        if let receivedAt = status.receivedAt { print("  received \(receivedAt)") }
        for refund in status.refunds { print("  paid back \(refund.amount)  \(refund.lines.map(\.lineID))") }
    }
}

struct CalcAttributionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attribution", abstract: "Says whose an order is, and who lost it and why.",
        discussion: """
            The file holds one object: "channel" (catalog.channel.v1), "members" (distribution.member.v1), "bindings"
            (distribution.binding.v1) and "order" (channel.order.v1). Prints {"winner": …, "contest": […]}; the winner is
            null when nobody has the order. Exit status 65 when the file cannot be read so.
            """)
    @Option(help: "A file with the history and the order, or - for standard input.") var file: String
    @Flag(help: "One line of JSON.") var json = false

    func run() throws {
        let bytes = try CalcFile.read(file)
        do throws(Fault) {
            show(try AttributionTrial.attribution(JSONDocument.object(bytes)))
        } catch {
            CalcFile.show(error, json: json)
            throw ExitCode(65)
        }
    }

    private func show(_ attribution: Attribution?) {
        if json {
            let line = JSONWriter.object { writer in
                guard let attribution else {
                    writer.field("winner", json: Array("null".utf8))
                    writer.array("contest") { _ in }
                    return
                }
                writer.object("winner") { winner in
                    winner.field("memberId", attribution.memberID)
                    winner.field("kind", attribution.kind.rawValue)
                    winner.field("reason", attribution.reason)
                    winner.field("chain", list: attribution.chain)
                }
                writer.field("contest", list: attribution.contest)
            }
            print(String(decoding: line, as: UTF8.self))
            return
        }
        guard let attribution else {
            print("nobody")
            return
        }
        print("\(attribution.memberID): \(attribution.reason)")
        print("  chain \(attribution.chain.map(\.memberID).joined(separator: " < "))")
        for loser in attribution.contest { print("  not \(loser.memberID): \(loser.reason)") }
    }
}

/// What the calc commands read and how they say no.
enum CalcFile {
    static func read(_ path: String) throws -> [UInt8] {
        [UInt8](
            try path == "-"
                ? FileHandle.standardInput.readToEnd() ?? Data() : Data(contentsOf: URL(filePath: path)))
    }

    static func show(_ fault: Fault, json: Bool) {
        guard json else {
            Screen.complain("\(fault)")
            return
        }
        let line = JSONWriter.object { writer in
            writer.object("fault") { body in
                body.field("reason", fault.reason)
                body.field("field", fault.field)
            }
        }
        print(String(decoding: line, as: UTF8.self))
    }
}
