public import Contracts

/// Somebody who watches parcels of many carriers and pushes what they see.
///
/// Making a call and reading its answer are pure; who sends it stands in `Edge`.
public protocol TrackingProvider: Sendable {
    /// As settings and tables name it.
    var name: String { get }

    /// The call that asks for a parcel to be watched; `nil` for a carrier that it does not know.
    ///
    /// - Parameter phone: The last four digits of the receiver's; SF shows a parcel to nobody without them.
    func subscription(carrier: String, waybill: String, phone: String?) -> ProviderCall?

    /// What an answer means.
    func outcome(of body: [UInt8]) -> ProviderOutcome

    /// The call that asks where a parcel is, once; `nil` for a carrier that it does not know.
    func query(carrier: String, waybill: String, phone: String?) -> ProviderCall?

    /// The history in the answer to a query, as the provider would have pushed it.
    ///
    /// - Parameter now: When it was asked.
    func history(in body: [UInt8], at now: Instant) -> TrackingHistory
}

/// What a provider says of a parcel when it is asked.
public enum TrackingHistory: Sendable, Equatable {
    /// A record for `carrier.scans.v1` under this type.
    case told(type: String, record: [UInt8])
    /// It will never tell: asking again changes nothing.
    case refused(String)
    /// It could not, or has nothing yet.
    case outage(String)
}

/// A form to be posted, its fields as the bytes that were signed.
public struct ProviderCall: Sendable, Equatable {
    public let url: String
    public let fields: [Field]

    public struct Field: Sendable, Equatable {
        public let name: String
        public let value: [UInt8]

        init(_ name: String, _ value: [UInt8]) {
            self.name = name
            self.value = value
        }

        init(_ name: String, _ value: String) { self.init(name, Array(value.utf8)) }
    }

    /// As `application/x-www-form-urlencoded`.
    public var body: [UInt8] {
        Array(fields.map { "\($0.name)=\(Signing.formEncoded($0.value))" }.joined(separator: "&").utf8)
    }
}

/// What came of a call.
public enum ProviderOutcome: Sendable, Equatable {
    /// Done, now or before.
    case accepted
    /// It will never do it: asking again changes nothing.
    case refused(String)
    /// It could not, or nobody knows: ask again later.
    case outage(String)

    public var isOutage: Bool { if case .outage = self { true } else { false } }
}
