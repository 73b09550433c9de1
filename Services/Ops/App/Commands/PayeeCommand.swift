import ArgumentParser
import Contracts
import Foundation
import Postgres
import Privacy

struct PayeeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payee", abstract: "Where members' money goes.",
        discussion: """
            Names and accounts are sealed before they leave this command; only who has the key of personal data
            (PARTIES_MASTER_KEY, or …_FILE) can put one down or read it.
            """,
        subcommands: [Record.self, Verify.self, Show.self, Erase.self])

    struct Record: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts a payee down; it can be paid when somebody else has verified it, a changed one after a day."
        )
        @Argument(help: "The member.") var member: String
        @Option(help: "person or company.") var kind = "person"
        @Option(help: "bank, alipay or wechat.") var method = "bank"
        @Option(help: "Whose account it is.") var name: String
        @Option(help: "The number, or what the method calls it.") var account: String
        @Option(help: "The bank's name or code.") var bank: String?
        @OptionGroup var asking: Asking

        func run() throws {
            try Screen.run {
                guard let kind = PayeeKind(rawValue: kind), let method = PayeeMethod(rawValue: method) else {
                    throw OpsFailure("--kind \(kind) or --method \(method) is none of those", status: .usage)
                }
                let environment = OpsEnvironment()
                let keys = try environment.masterKeys()
                let details = PayeeDetails(name: name, account: account, bank: bank)
                let wrapped = keys.makeKey(of: "member/\(member)")
                let key = try keys.open(wrapped, of: "member/\(member)")
                let command = RecordPayee(
                    head: asking.head, memberID: member, kind: kind, method: method, masterKeyID: wrapped.masterKeyID,
                    wrappedKey: wrapped.text, sealed: key.seal(details.jsonBytes, ofMember: member),
                    hint: "…" + account.suffix(4),
                    fingerprint: keys.fingerprint(of: "\(kind.rawValue)\n\(method.rawValue)\n\(details.text)"))
                try CommandDesk(environment).carryOut(command, service: "commission", waitSeconds: asking.wait)
            }
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says that the payee that is there now was checked.")
        @Argument(help: "The member.") var member: String
        @OptionGroup var asking: Asking

        func run() throws {
            try Screen.run {
                let environment = OpsEnvironment()
                let payee = try PayeeCommand.record(of: member, environment)
                let command = VerifyPayee(head: asking.head, memberID: member, fingerprint: payee.fingerprint)
                try CommandDesk(environment).carryOut(command, service: "commission", waitSeconds: asking.wait)
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Opens a payee, as one line of JSON.")
        @Argument(help: "The member.") var member: String

        func run() throws {
            try Screen.run {
                let environment = OpsEnvironment()
                let payee = try PayeeCommand.record(of: member, environment)
                let wrapped = WrappedKey(masterKeyID: payee.masterKeyID, text: payee.wrappedKey)
                let key = try environment.masterKeys().open(wrapped, of: "member/\(member)")
                print(String(decoding: try key.open(payee.sealed, ofMember: member), as: UTF8.self))
            }
        }
    }

    struct Erase: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forgets a payee.")
        @Argument(help: "The member.") var member: String
        @OptionGroup var asking: Asking

        func run() throws {
            try Screen.run {
                let command = ErasePayee(head: asking.head, memberID: member)
                try CommandDesk(OpsEnvironment()).carryOut(command, service: "commission", waitSeconds: asking.wait)
            }
        }
    }

    static func record(of member: String, _ environment: OpsEnvironment) throws -> RecordPayee {
        let connection = try Administrator(environment).connect("commission")
        defer { connection.close() }
        var parameters = Parameters()
        parameters.append(member)
        let rows = try connection.query(
            "SELECT payee -> 'record' FROM accounts WHERE member_id = $1 AND payee IS NOT NULL", parameters)
        guard let row = rows.first else { throw OpsFailure("member \(member) has no payee", status: .data) }
        return try RecordPayee(JSONDocument.object(Array(row.text(0).utf8)))
    }
}

/// Who asks for something, and how long to wait for the answer.
struct Asking: ParsableArguments {
    @Option(help: "Why; stands in the record.") var reason: String
    @Option(help: "Who asks; stands in the record.") var actor = "ops"
    @Option(help: "Seconds to wait for the answer.") var wait = 30

    var head: CommandHead { CommandHead(actor: actor, reason: reason) }
}

/// What is sealed of a payee.
private struct PayeeDetails: JSONCoded {
    let name: String
    let account: String
    let bank: String?

    init(name: String, account: String, bank: String?) {
        self.name = name
        self.account = account
        self.bank = bank
    }

    init(_ json: JSONObject) throws(Fault) {
        name = try json.string("name", atMost: 200)
        account = try json.string("account", atMost: 200)
        bank = try json.stringIfPresent("bank")
    }

    func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("account", account)
        json.field("bank", bank)
    }

    var text: String { String(decoding: jsonBytes, as: UTF8.self) }
}
