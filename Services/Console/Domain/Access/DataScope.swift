/// Which part of the mall a user sees; permissions say what may be done with it.
public enum DataScope: Sendable, Hashable {
    case all
    case channels([String])
    case warehouses([String])
    /// The orders of a member and of everybody below, personal data masked.
    case downline(String)
    /// The orders and the money of one member.
    case own(String)

    public enum Kind: String, CaseIterable, Sendable { case all, channels, warehouses, downline, own }

    public static let maximumValues = 50

    /// - Parameter values: Names of channels or warehouses, or one member.
    /// - Returns: `nil` when the values do not fit the kind.
    public init?(_ kind: Kind, _ values: [String]) {
        let isList = kind == .channels || kind == .warehouses
        let fits = 1...(isList ? Self.maximumValues : 1) ~= values.count && values.allSatisfy(Self.isValue)
        guard kind == .all ? values.isEmpty : fits else { return nil }
        switch kind {
        case .all: self = .all
        case .channels: self = .channels(values)
        case .warehouses: self = .warehouses(values)
        case .downline: self = .downline(values[0])
        case .own: self = .own(values[0])
        }
    }

    public var kind: Kind {
        switch self {
        case .all: .all
        case .channels: .channels
        case .warehouses: .warehouses
        case .downline: .downline
        case .own: .own
        }
    }

    public var values: [String] {
        switch self {
        case .all: []
        case .channels(let names), .warehouses(let names): names
        case .downline(let member), .own(let member): [member]
        }
    }

    /// The member that the user is, when the scope is a member's.
    public var member: String? {
        switch self {
        case .all, .channels, .warehouses: nil
        case .downline(let member), .own(let member): member
        }
    }

    /// Members do not see who bought.
    public var masksPersonalData: Bool { member != nil }

    /// Whether whoever sees this part of the mall may let somebody else see the other one.
    public func covers(_ other: DataScope) -> Bool {
        switch (self, other) {
        case (.all, _): true
        case (.channels(let mine), .channels(let theirs)), (.warehouses(let mine), .warehouses(let theirs)):
            Set(theirs).isSubset(of: mine)
        case (.downline(let mine), .downline(let theirs)), (.downline(let mine), .own(let theirs)),
            (.own(let mine), .own(let theirs)):
            mine == theirs
        default: false
        }
    }

    /// An id of ours, 1 to 64 characters; no comma, which separates them in forms.
    private static func isValue(_ text: String) -> Bool {
        1...64 ~= text.utf8.count && text.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: ",") }
    }
}
