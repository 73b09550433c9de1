public import Contracts

/// What the catalogue has said of one carrier over time.
///
/// - Shape: `versions` by `effectiveFrom`, which each of them has, oldest first, no two at once; the oldest go when there
///   are more than `maximumVersions`.
public struct CarrierHistory: JSONCoded, Equatable {
    public static let maximumVersions = 50
    public let carrier: String
    public private(set) var versions: [CatalogCarrier]

    init(carrier: String, versions: [CatalogCarrier] = []) {
        self.carrier = carrier
        self.versions = versions
    }

    public init(_ json: JSONObject) throws(Fault) {
        carrier = try json.ownID("carrier")
        versions = try json.readList("versions")
    }

    public func write(to json: inout JSONWriter) {
        json.field("carrier", carrier)
        json.field("versions", list: versions)
    }

    /// The version that began last; `nil` before the first.
    public func version(at moment: Instant) -> CatalogCarrier? { versions.last { $0.since <= moment } }

    /// Puts a version down, in place of one that began at the same moment.
    mutating func put(_ record: CatalogCarrier, from moment: Instant) {
        versions.removeAll { $0.since == moment }
        let place = versions.firstIndex { $0.since > moment } ?? versions.endIndex
        versions.insert(
            CatalogCarrier(
                carrier: carrier, name: record.name, tariffs: record.tariffs, active: record.active,
                effectiveFrom: moment), at: place)
        if versions.count > Self.maximumVersions { versions.removeFirst() }
    }

    /// Ends what holds then, and what was to hold later.
    mutating func end(at moment: Instant) {
        versions.removeAll { $0.since > moment }
        guard let last = versions.last, last.active else { return }
        put(CatalogCarrier(carrier: carrier, name: last.name, tariffs: last.tariffs, active: false), from: moment)
    }
}

/// Every carrier of the catalogue.
public struct Carriers: Equatable, Sendable {
    /// In ascending order of the carriers' codes.
    public private(set) var histories: [CarrierHistory]

    public init(_ histories: [CarrierHistory] = []) { self.histories = histories.sorted { $0.carrier < $1.carrier } }

    func history(of carrier: String) -> CarrierHistory {
        histories.first { $0.carrier == carrier } ?? CarrierHistory(carrier: carrier)
    }

    mutating func put(_ history: CarrierHistory) {
        self = Carriers(histories.filter { $0.carrier != history.carrier } + [history])
    }

    /// What the carriers that are active at a moment take and promise; `nil` when none is.
    func tariffs(at moment: Instant) -> [CarrierTariff]? {
        let active = histories.compactMap { $0.version(at: moment) }.filter(\.active)
        guard !active.isEmpty else { return nil }
        return active.flatMap { carrier in carrier.tariffs.map { CarrierTariff(carrier.carrier, $0) } }
    }

    /// The moments after one at which something else begins to hold, each once, ascending.
    func changes(after moment: Instant) -> [Instant] {
        Set(histories.flatMap(\.versions).map(\.since).filter { $0 > moment }).sorted()
    }
}

extension CatalogCarrier {
    /// Every kept version has one.
    fileprivate var since: Instant { effectiveFrom ?? Instant(milliseconds: 0) }
}
