public import Contracts

/// What is kept of a member beside the ledger: where its money goes, and what it was paid this year.
public struct MemberAccount: Sendable, Equatable {
    /// So many ids of commands are remembered, so that one that is sent again does nothing.
    private static let rememberedCommands = 50

    public let memberID: String
    /// How many payouts, and journals of the member itself, there have been.
    public internal(set) var payouts: Int64 = 0
    public internal(set) var journals: Int64 = 0
    public internal(set) var payee: Payee?
    /// Also when it was erased since.
    public internal(set) var hasHadPayee = false
    /// Of the last year in which something was paid.
    public internal(set) var income: YearIncome?
    public private(set) var commandIDs: [String] = []

    public init(_ memberID: String) { self.memberID = memberID }

    /// An account as its row has it.
    public init(
        _ memberID: String, payouts: Int64, journals: Int64, payee: Payee?, hasHadPayee: Bool, income: YearIncome?,
        commandIDs: [String]
    ) {
        self.memberID = memberID
        self.payouts = payouts
        self.journals = journals
        self.payee = payee
        self.hasHadPayee = hasHadPayee
        self.income = income
        self.commandIDs = commandIDs
    }

    mutating func remember(_ commandID: String) {
        commandIDs = (commandIDs + [commandID]).suffix(Self.rememberedCommands)
    }
}

/// What a member was paid in one year of the business time zone, and what was withheld of it.
public struct YearIncome: JSONCoded, Equatable {
    public let year: Int64
    public internal(set) var amount: Int64
    public internal(set) var tax: Int64

    init(year: Int64, amount: Int64 = 0, tax: Int64 = 0) {
        self.year = year
        self.amount = amount
        self.tax = tax
    }

    public init(_ json: JSONObject) throws(Fault) {
        year = try json.integer("year")
        amount = try json.integer("amount")
        tax = try json.integer("tax")
    }

    public func write(to json: inout JSONWriter) {
        json.field("year", year)
        json.field("amount", amount)
        json.field("tax", tax)
    }
}

/// What a member has, by currency and account: the sums of its entries.
public struct MemberBalance: Sendable, Equatable {
    private var amounts: [String: [String: Int64]] = [:]

    public init() {}

    public mutating func add(_ amount: Int64, to account: String, _ currency: String) {
        amounts[currency, default: [:]][account, default: 0] += amount
    }

    func available(_ currency: String) -> Int64 { amounts[currency]?["available"] ?? 0 }

    /// The balance as all journals of a store in memory have it.
    public static func sum(of memberID: String, _ journals: [Journal]) -> MemberBalance {
        var balance = MemberBalance()
        for journal in journals {
            for entry in journal.entries where entry.account.memberID == memberID {
                balance.add(entry.amount, to: entry.account.name, journal.currency)
            }
        }
        return balance
    }
}
