/// One rule by which a channel's after-sales cases are decided without a person; the first that fits decides.
///
/// - Shape: what is absent does not matter; a rule of nothing but its decision fits every case.
public struct AfterSalesRule: JSONCoded, Equatable {
    /// Stands in the case it has decided.
    public let name: String
    public let decide: Decision
    /// Of these kinds; none given: of any.
    public let kinds: [CaseKind]
    /// For these reasons, as the channel writes them; none given: for any.
    public let reasons: [String]
    /// Whether any of the goods have left.
    public let shipped: Bool?
    /// Asked for, at most, in minor units.
    public let maximumAmount: Int64?
    /// Cases that the buyer has had before, more than this.
    public let buyerCasesAbove: Int64?

    public enum Decision: String, CaseIterable, Sendable {
        case approve
        /// A person, or the clock of its kind, decides.
        case ask
        case reject
    }

    public init(
        name: String, decide: Decision, kinds: [CaseKind] = [], reasons: [String] = [], shipped: Bool? = nil,
        maximumAmount: Int64? = nil, buyerCasesAbove: Int64? = nil
    ) {
        self.name = name
        self.decide = decide
        self.kinds = kinds
        self.reasons = reasons
        self.shipped = shipped
        self.maximumAmount = maximumAmount
        self.buyerCasesAbove = buyerCasesAbove
    }

    public init(_ json: JSONObject) throws(Fault) {
        name = try json.ownID("name")
        decide = try json.word("decide")
        var kinds: [CaseKind] = []
        for text in json.value("kinds") == nil ? [] : try json.texts("kinds") {
            guard let kind = CaseKind(rawValue: text) else {
                let words = CaseKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw json.fault("\(text) is none of \(words)", field: "kinds")
            }
            kinds.append(kind)
        }
        self.kinds = kinds
        reasons = json.value("reasons") == nil ? [] : try json.texts("reasons")
        shipped = try json.boolIfPresent("shipped")
        maximumAmount = try json.amountIfPresent("maximumAmount")
        buyerCasesAbove = try json.integerIfPresent("buyerCasesAbove", within: 0...1_000_000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("decide", decide.rawValue)
        if !kinds.isEmpty { json.field("kinds", texts: kinds.map(\.rawValue)) }
        if !reasons.isEmpty { json.field("reasons", texts: reasons) }
        json.field("shipped", shipped)
        json.field("maximumAmount", maximumAmount)
        json.field("buyerCasesAbove", buyerCasesAbove)
    }
}
