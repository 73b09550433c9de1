public import Contracts
import Foundation

/// Somebody who gets electronic waybills 电子面单 from carriers, with the accounts that a mall has with them.
///
/// Making a call and reading its answer are pure. The same order asked for twice is one waybill: a call that comes
/// again under its id is the query for what became of the first.
public protocol LabelProvider: Sendable {
    /// As settings and tables name it.
    var name: String { get }
    /// Carriers that there is an account with.
    var carriers: Set<String> { get }

    /// - Parameter now: Signatures may carry the time.
    /// - Throws: `Fault` saying what of the request this provider or carrier cannot take.
    func order(_ request: LabelRequest, at now: Instant) throws(Fault) -> ProviderCall
    func label(in body: [UInt8]) -> LabelOutcome

    /// - Throws: `Fault` when there is no account any more.
    func cancellation(_ recall: LabelRecall, at now: Instant) throws(Fault) -> ProviderCall
    func cancelled(in body: [UInt8]) -> ProviderOutcome
}

/// A parcel for which a waybill is wanted.
public struct LabelRequest: Sendable {
    /// One waybill at most is made under it.
    public let callID: String
    public let carrier: String
    public let weightGrams: Int64
    public let pieces: Int64
    public let sender: ChannelOrder.Address
    /// Masked where it is sealed.
    public let receiver: ChannelOrder.Address
    /// The platform's name of the order; it opens sealed addresses.
    public let externalOrderID: String?

    public init(
        callID: String, carrier: String, weightGrams: Int64, pieces: Int64, sender: ChannelOrder.Address,
        receiver: ChannelOrder.Address, externalOrderID: String?
    ) {
        self.callID = callID
        self.carrier = carrier
        self.weightGrams = weightGrams
        self.pieces = pieces
        self.sender = sender
        self.receiver = receiver
        self.externalOrderID = externalOrderID
    }

    /// As a JSON number, never below ten grams: carriers refuse parcels that weigh nothing.
    var kilograms: [UInt8] {
        let grams = max(10, weightGrams)
        let rest = String(grams % 1000)
        return Array("\(grams / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)".utf8)
    }
}

/// A waybill that nobody needs any more.
public struct LabelRecall: Sendable {
    public let callID: String
    public let carrier: String
    public let waybill: String
    /// The carrier's own name of the order, where the answer told one.
    public let carrierOrder: String?

    public init(callID: String, carrier: String, waybill: String, carrierOrder: String?) {
        self.callID = callID
        self.carrier = carrier
        self.waybill = waybill
        self.carrierOrder = carrierOrder
    }
}

/// What came of asking for a waybill.
public enum LabelOutcome: Sendable, Equatable {
    /// Now or before.
    case made(Made)
    case refused(String)
    /// It could not, or nobody knows: ask again later, under the same id.
    case outage(String)

    public var isOutage: Bool { if case .outage = self { true } else { false } }

    public struct Made: Sendable, Equatable {
        public let waybill: String
        public let carrierOrder: String?
        /// What is to be printed: HTML, or the address of a page.
        public let document: String?

        public init(waybill: String, carrierOrder: String?, document: String?) {
            self.waybill = waybill
            self.carrierOrder = carrierOrder
            self.document = document
        }
    }
}

/// An account of the mall with one carrier, as its provider wants it told.
///
/// - Shape: texts that go into every call as they are; which there may be is the provider's to say.
public struct LabelAccount: Sendable {
    let fields: [String: String]

    subscript(name: String) -> String? { fields[name] }
}

/// Every account, by our name of the carrier.
public struct LabelAccounts: Sendable {
    let accounts: [String: LabelAccount]

    public var carriers: Set<String> { Set(accounts.keys) }

    /// Reads `{"sf": {"partnerId": "…"}, "zto": {…}}`.
    ///
    /// - Parameter names: Of the fields that the provider knows.
    /// - Throws: `Fault` naming the field, never its value.
    public init(_ text: [UInt8], names: Set<String>) throws(Fault) {
        guard let read = try? JSONDecoder().decode([String: [String: String]].self, from: Data(text)) else {
            throw Fault("is no JSON object of carriers, each an object of texts")
        }
        guard !read.isEmpty else { throw Fault("names no account") }
        for (carrier, fields) in read.sorted(by: { $0.key < $1.key }) {
            guard CarrierCodes.of(carrier) != nil else { throw Fault("is no carrier", field: carrier) }
            guard !fields.isEmpty else { throw Fault("is empty", field: carrier) }
            if let other = fields.keys.sorted().first(where: { !names.contains($0) }) {
                throw Fault("is none of \(names.sorted().joined(separator: ", "))", field: "\(carrier).\(other)")
            }
        }
        accounts = read.mapValues(LabelAccount.init)
    }

    func account(_ carrier: String) throws(Fault) -> (account: LabelAccount, codes: CarrierCodes) {
        guard let account = accounts[carrier], let codes = CarrierCodes.of(carrier) else {
            throw Fault("there is no account with carrier \(carrier)")
        }
        return (account, codes)
    }
}

extension ChannelOrder.Address {
    /// In one line, as it stands on a label.
    var line: String { [province, city, district, street].compactMap(\.self).joined() }

    /// What a label cannot do without.
    func check(_ whose: String) throws(Fault) {
        let missing = [("name", name), ("phone", phone), ("street", street)].first { $0.1?.isEmpty ?? true }
        if let missing { throw Fault("the \(whose)'s \(missing.0) is missing") }
    }
}
