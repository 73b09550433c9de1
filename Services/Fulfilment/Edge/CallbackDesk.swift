import Contracts
import Crypto
import HTTPEdge
import Logging
import Pipeline

/// Takes one push of an aggregator: who signed it, how old it is, whether it came before; then hands it to the broker.
///
/// - Source: Kuaidi100, "订阅推送 API"; KDNiao, "物流跟踪 推送接口".
struct CallbackDesk: Sendable {
    /// Why a push is not taken.
    enum Refusal: Error, Equatable {
        case unsigned
        /// The same push came before.
        case repeated
        case unreadable(Fault)
        case unavailable(String)
        case tooLarge
        /// It tells so of an account that is not ours.
        case notFound

        var status: Int {
            switch self {
            case .unsigned: 401
            case .notFound: 404
            case .repeated: 409
            case .tooLarge: 413
            case .unreadable: 422
            case .unavailable: 503
            }
        }

        var reason: String {
            switch self {
            case .unsigned: "the signature does not match"
            case .notFound: "no such provider is set up"
            case .repeated: "the same push came before"
            case .tooLarge: "the push is too large"
            case .unreadable(let fault): fault.field.map { "\($0) \(fault.reason)" } ?? fault.reason
            case .unavailable(let reason): "not stored: \(reason)"
            }
        }
    }

    /// A push that is older tells nothing that a later one has not told.
    static let oldest = Duration.hours(24)

    let accounts: CallbackAccounts
    let clock: any Clock
    let publish: @Sendable (OutsideMessage) async -> PublishOutcome
    let recent = RecentDeliveries()
    private let logger = Logger(label: "edge")

    /// Kuaidi100's form: `param` and `sign`.
    func takeKuaidi100(_ form: CallbackForm) async throws(Refusal) {
        guard !accounts.salts.isEmpty else { throw .notFound }
        guard let param = form["param"], let sign = form["sign"],
            accounts.signed(kuaidi100: String(decoding: sign, as: UTF8.self), param)
        else { throw .unsigned }
        let parcel = try read { () throws(Fault) in
            let result = try JSONDocument.object(param).object("lastResult")
            return (CarrierCodes.carrier(kuaidi100: try result.string("com")), try result.externalID("nu"))
        }
        try await store([(param, parcel.0, parcel.1)], type: "kuaidi100.push.v1", of: "kuaidi100", param)
    }

    /// KDNiao's form: `RequestData` and `DataSign`; each parcel becomes a record of its own.
    func takeKDNiao(_ form: CallbackForm) async throws(Refusal) {
        guard !accounts.keys.isEmpty else { throw .notFound }
        guard let data = form["RequestData"], let sign = form["DataSign"],
            accounts.signed(kdniao: String(decoding: sign, as: UTF8.self), data)
        else { throw .unsigned }
        let parcels = try read { () throws(Fault) in
            let push = try JSONDocument.object(data)
            let pushedAt = try push.shanghaiTime("PushTime")
            guard clock.machineNow - pushedAt <= Self.oldest else {
                throw Fault("is more than a day ago", field: "PushTime")
            }
            var parcels: [(value: [UInt8], carrier: String, waybill: String)] = []
            for value in try push.values("Data") {
                let entry = try value.object()
                let carrier = CarrierCodes.carrier(kdniao: try entry.string("ShipperCode"))
                let waybill = try entry.externalID("LogisticCode")
                let record = JSONWriter.object { writer in
                    writer.field("PushTime", pushedAt)
                    writer.field("EBusinessID", accounts.businessID)
                    writer.field("Data", json: Array("[".utf8) + entry.text + Array("]".utf8))
                }
                parcels.append((record, carrier, waybill))
            }
            return parcels
        }
        try await store(parcels, type: "kdniao.push.v1", of: "kdniao", data)
    }

    private func read<Value>(_ body: () throws(Fault) -> Value) throws(Refusal) -> Value {
        do throws(Fault) { return try body() } catch { throw .unreadable(error) }
    }

    /// The same bytes have the same ids: what this process has forgotten, the inbox still knows.
    private func store(
        _ parcels: [(value: [UInt8], carrier: String, waybill: String)], type: String, of provider: String,
        _ signed: [UInt8]
    ) async throws(Refusal) {
        let digest = Hexadecimal.text(Crypto.SHA256.hash(data: signed).prefix(16))
        let pushID = "callback/\(provider)/\(digest)"
        guard recent.note(pushID, signed) != .same(isStored: true) else { throw .repeated }
        for (number, parcel) in parcels.enumerated() {
            let envelope = Envelope(
                id: parcels.count == 1 ? pushID : "\(pushID)/\(number + 1)", type: type,
                source: "/carriers/\(provider)")
            let message = OutsideMessage(
                topic: .carrierScans, key: "\(parcel.carrier)/\(parcel.waybill)", value: parcel.value,
                envelope: envelope)
            switch await publish(message) {
            case .acknowledged: break
            case .tooLarge: throw .tooLarge
            case .unavailable(let reason): throw .unavailable(reason)
            }
        }
        recent.stored(pushID, signed)
        logger.debug("taken", metadata: ["provider": "\(provider)"])
    }
}
