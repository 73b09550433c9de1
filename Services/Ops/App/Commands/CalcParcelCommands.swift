import ArgumentParser
import Contracts
import Foundation
import FulfilmentDomain
import FulfilmentProviders

struct CalcWaybillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waybill", abstract: "Says whose a waybill number looks, and whether its check digit is right.",
        discussion: """
            Prints {"carrier", "format", "checkDigit": "valid|invalid|none", "valid"}; shapes without a public check digit
            are only hints. With --carrier the number is read as one of that carrier. Exit status 65 when it is not valid.
            """)
    @Argument(help: "The number; blanks, hyphens and small letters do not matter.") var number: String
    @Option(help: "Whose it is said to be, like sf or ups.") var carrier: String?
    @Flag(help: "One line of JSON.") var json = false

    func run() throws {
        let reading = carrier.map { WaybillReading(of: number, carrier: $0) } ?? WaybillReading(of: number)
        if json {
            let line = JSONWriter.object { writer in
                writer.field("carrier", orNull: reading.carrier)
                writer.field("format", orNull: reading.format)
                writer.field("checkDigit", reading.checkDigit.rawValue)
                writer.field("valid", reading.isValid)
            }
            print(String(decoding: line, as: UTF8.self))
        } else {
            print(text(reading))
            for other in WaybillReading.all(of: number) where other != reading { print("  or \(text(other))") }
        }
        if !reading.isValid { throw ExitCode(65) }
    }

    private func text(_ reading: WaybillReading) -> String {
        guard let carrier = reading.carrier, let format = reading.format else { return "no known shape" }
        let digit =
            switch reading.checkDigit {
            case .valid: "right check digit"
            case .invalid: "WRONG check digit"
            case .none: "no public check digit"
            }
        return "\(carrier), \(format), \(digit)"
    }
}

struct CalcSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Signs a request as fulfilment would send it to an aggregator.",
        discussion: """
            The file holds exactly the bytes that are sent: Kuaidi100's `param`, KDNiao's `RequestData`; a last new line is
            part of them. Prints {"sign"}, for KDNiao also "encoded", as it stands in a form.
            kuaidi100 query: --key, --customer; label: --key, --secret, --timestamp; push: --salt. kdniao: --key.
            """)

    enum Provider: String, ExpressibleByArgument { case kuaidi100, kdniao }
    enum Kind: String, ExpressibleByArgument { case query, label, push }

    @Option(help: "kuaidi100 or kdniao.") var provider: Provider
    @Option(help: "What is signed for Kuaidi100: query, label or push.") var kind = Kind.query
    @Option(help: "A file with the bytes, or - for standard input.") var file: String
    @Option(help: "The account's key.") var key = ""
    @Option(help: "Kuaidi100's customer number.") var customer = ""
    @Option(help: "Kuaidi100's secret for labels.") var secret = ""
    @Option(help: "Kuaidi100's field t, milliseconds since 1970.") var timestamp = ""
    @Option(help: "The salt of a subscription.") var salt = ""
    @Flag(help: "One line of JSON.") var json = false

    func validate() throws {
        for (name, value) in needed where value.isEmpty { throw ValidationError("--\(name) is missing") }
    }

    private var needed: [(String, String)] {
        switch (provider, kind) {
        case (.kdniao, _): [("key", key)]
        case (.kuaidi100, .query): [("key", key), ("customer", customer)]
        case (.kuaidi100, .label): [("key", key), ("secret", secret), ("timestamp", timestamp)]
        case (.kuaidi100, .push): [("salt", salt)]
        }
    }

    func run() throws {
        let bytes = try CalcFile.read(file)
        let sign =
            switch (provider, kind) {
            case (.kdniao, _): Signing.kdniao(bytes, key: key)
            case (.kuaidi100, .query): Signing.kuaidi100Query(bytes, key: key, customer: customer)
            case (.kuaidi100, .label):
                Signing.kuaidi100Label(bytes, timestamp: timestamp, key: key, secret: secret)
            case (.kuaidi100, .push): Signing.kuaidi100Push(bytes, salt: salt)
            }
        guard json else { return print(sign) }
        let line = JSONWriter.object { writer in
            writer.field("sign", sign)
            if provider == .kdniao { writer.field("encoded", Signing.formEncoded(sign)) }
        }
        print(String(decoding: line, as: UTF8.self))
    }
}
