public import Contracts

/// The codes in which others tell where a parcel is, brought to one model.
///
/// - Source: Kuaidi100's table of `state` and `statusCode` (resultv2 = 4), KDNiao's of `State` and `StateEx`, AfterShip's
///   nine tags; all public documents.
public enum StatusVocabulary: String, CaseIterable, Sendable {
    case kuaidi100, kdniao, aftership

    public enum Meaning: Equatable, Sendable {
        case seen(TrackingStatus)
        /// The carrier has heard of the parcel and does not have it yet: no scan.
        case announced
        /// In no table: the parcel was seen, more is not known. The code itself is kept.
        case unknown

        public var status: TrackingStatus? {
            switch self {
            case .seen(let status): status
            case .announced: nil
            case .unknown: .inTransit
            }
        }
    }

    public func meaning(of code: String) -> Meaning {
        let tables =
            switch self {
            case .kuaidi100: Self.kuaidi100Codes
            case .kdniao: Self.kdniaoCodes
            case .aftership: Self.afterShipTags
            }
        if tables.announced.contains(code) { return .announced }
        return tables.seen[code].map(Meaning.seen) ?? .unknown
    }

    private struct Codes {
        let announced: Set<String>
        let seen: [String: TrackingStatus]

        init(announced: Set<String>, _ groups: KeyValuePairs<TrackingStatus, [String]>) {
            self.announced = announced
            var seen: [String: TrackingStatus] = [:]
            for (status, codes) in groups {
                for code in codes { seen[code] = status }
            }
            self.seen = seen
        }
    }

    /// The one-digit states first, then what each of them holds.
    private static let kuaidi100Codes = Codes(
        announced: ["101", "102"],
        [
            .pickedUp: ["1", "103"],
            .inTransit: ["0", "7", "8", "10", "11", "12", "1001", "1002", "1003"],
            .outForDelivery: ["5"],
            .atPickupPoint: ["501"],
            .delivered: ["3", "301", "302", "303", "304"],
            .refused: ["14", "203"],
            .exception: ["2", "13", "201", "202", "204", "205", "206", "207", "208", "209", "210", "401"],
            .returning: ["6"],
            .returned: ["4"],
        ])

    private static let kdniaoCodes = Codes(
        announced: ["0", "10"],
        [
            .pickedUp: ["1"],
            .inTransit: ["2", "5", "6", "201", "204", "205", "206", "418", "601", "602", "603"],
            .outForDelivery: ["202", "419"],
            .atPickupPoint: ["211"],
            .delivered: ["3", "301", "302", "304", "311"],
            .refused: ["404"],
            .exception: [
                "4", "401", "402", "403", "405", "412", "413", "414", "415", "416", "417", "420", "421", "422", "423",
                "604",
            ],
            .returning: ["407"],
            .returned: ["406"],
        ])

    private static let afterShipTags = Codes(
        announced: ["Pending", "InfoReceived"],
        [
            .inTransit: ["InTransit"],
            .outForDelivery: ["OutForDelivery"],
            .atPickupPoint: ["AvailableForPickup"],
            .delivered: ["Delivered"],
            .exception: ["AttemptFail", "Exception", "Expired"],
        ])

    /// The Chinese words that Kuaidi100 writes beside each scan where it gives no code.
    static let kuaidi100Words = [
        "在途": "0", "揽收": "1", "疑难": "2", "签收": "3", "退签": "4", "派件": "5", "退回": "6", "转投": "7", "清关": "8", "拒签": "14",
        "投柜或驿站": "501",
    ]
}
