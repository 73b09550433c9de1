import Contracts
import FulfilmentEdge
import FulfilmentProviders
import Logging
import Pipeline
import Postgres

/// Asks a provider to watch every parcel that has left, beside the lanes: an outside call may take long and fail.
///
/// What has to be watched follows from the shipments, so nothing is lost with a process; the provider takes the same
/// wish twice as one. Several instances share the work by claiming rows of `watches`.
struct TrackingWatcher: SideWork {
    let name = "tracking-watcher"
    private let provider: any TrackingProvider
    /// Without it no parcel of SF can be watched.
    private let parties: PartiesReader?
    private let caller: ProviderCaller
    private let limits: CallGuard
    private let logger = Logger(label: "tracking-watcher")

    private static let sliceSize = 20
    /// After so many outages a parcel is given up.
    private static let maximumAttempts: Int64 = 40
    /// How long a claim keeps others away; above what a slice of calls can take.
    private static let claimSeconds: Int64 = 600
    /// Older parcels are not worth a call.
    private static let oldest = Duration.days(-30)

    private struct Parcel {
        let shipmentID: String
        let carrier: String
        let waybill: String
        let attempt: Int64
        let parties: PartiesReader.Sealed?
    }

    init(_ settings: TrackingSettings, parties: PartiesReader? = nil, caller: ProviderCaller = ProviderCaller()) {
        self.parties = parties
        provider = settings.provider
        self.caller = caller
        limits = CallGuard(ratePerSecond: settings.callsPerSecond)
    }

    func step(_ place: SideWorkPlace) throws {
        let clock = SystemClock()
        let count = limits.allowance(atMost: Self.sliceSize, at: clock.machineNow)
        guard count > 0 else { return }
        for parcel in try claim(count, place) {
            // What is left alone now is free again when its claim has run out.
            guard !place.isStopping, limits.allowance(atMost: 1, at: clock.machineNow) > 0 else { return }
            let outcome: ProviderOutcome
            if let call = provider.subscription(
                carrier: parcel.carrier, waybill: parcel.waybill, phone: phone(of: parcel))
            {
                outcome = caller.ask(provider, call)
                limits.used(isOutage: outcome.isOutage, at: clock.machineNow)
            } else {
                outcome = .refused("\(provider.name) has no code for carrier \(parcel.carrier)")
            }
            try put(outcome, of: parcel, place.connection)
        }
    }

    /// The last four digits, where the carrier wants them.
    private func phone(of parcel: Parcel) -> String? {
        guard parcel.carrier == "sf", let sealed = parcel.parties else { return nil }
        return parties?.phone(in: sealed)
    }

    /// Parcels under way that nobody watches and no other instance is asking for.
    private func claim(_ count: Int, _ place: SideWorkPlace) throws -> [Parcel] {
        var parameters = Parameters()
        parameters.append(provider.name)
        parameters.append(Self.claimSeconds)
        parameters.appendTimestamp(milliseconds: (place.now + Self.oldest).milliseconds)
        parameters.append(Int64(count))
        return try place.connection.query(
            """
            WITH claimed AS (
                INSERT INTO watches AS w (shipment_id, provider, state, attempts, next_at, changed_at)
                SELECT s.shipment_id, $1, 'waiting', 1, now() + make_interval(secs => $2), now()
                FROM shipments s LEFT JOIN watches k USING (shipment_id)
                WHERE s.state IN ('dispatched', 'in-transit', 'exception') AND s.carrier NOT IN ('self', 'none')
                    AND s.dispatched_at > $3 AND s.parcel_id = s.shipment_id
                    AND (k.shipment_id IS NULL OR k.state = 'waiting' AND k.next_at <= now())
                ORDER BY s.dispatched_at LIMIT $4
                ON CONFLICT (shipment_id) DO UPDATE SET attempts = w.attempts + 1, next_at = EXCLUDED.next_at
                WHERE w.state = 'waiting' AND w.next_at <= now()
                RETURNING w.shipment_id, w.attempts)
            SELECT c.shipment_id, s.carrier, s.waybill, c.attempts, s.order_id, p.buyer_id, p.sealed, k.master_key_id,
                k.wrapped
            FROM claimed c JOIN shipments s USING (shipment_id)
            LEFT JOIN parties p ON p.order_id = s.order_id LEFT JOIN buyer_keys k ON k.buyer_id = p.buyer_id
            ORDER BY s.dispatched_at, c.shipment_id
            """, parameters
        ).map { row in
            Parcel(
                shipmentID: row.text(0), carrier: row.text(1), waybill: row.text(2), attempt: row.int64(3),
                parties: PartiesReader.Sealed(row, at: 4))
        }
    }

    private func put(_ outcome: ProviderOutcome, of parcel: Parcel, _ connection: Connection) throws {
        var parameters = Parameters()
        parameters.append(parcel.shipmentID)
        switch outcome {
        case .accepted:
            parameters.append("watched")
            parameters.append(String?.none)
            parameters.append(Int64(0))
        case .refused(let reason):
            parameters.append("refused")
            parameters.append(String(reason.prefix(500)))
            parameters.append(Int64(0))
            logger.warning(
                "a parcel is not watched", metadata: ["shipment.id": "\(parcel.shipmentID)", "reason": "\(reason)"])
        case .outage(let reason):
            let isLast = parcel.attempt >= Self.maximumAttempts
            parameters.append(isLast ? "refused" : "waiting")
            parameters.append(String(reason.prefix(500)))
            let delay = RetryDelay.after(attempt: Int(parcel.attempt), chance: Int64.random(in: 0...1000))
            parameters.append(delay.milliseconds / 1000)
        }
        try connection.transaction { transaction in
            try transaction.run(
                """
                UPDATE watches SET state = $2, reason = $3, next_at = now() + make_interval(secs => $4), changed_at = now()
                WHERE shipment_id = $1
                """, parameters)
        }
    }
}
