/// Where China's provinces lie, to estimate how far a parcel travels.
///
/// - Shape: the short name that every full name begins with (内蒙古 of 内蒙古自治区), the seat of government.
/// - Units: thousandths of a degree, north and east.
enum Provinces {
    static let seats: [(name: String, latitude: Int64, longitude: Int64)] = [
        ("北京", 39_904, 116_407), ("天津", 39_085, 117_199), ("河北", 38_042, 114_515), ("山西", 37_857, 112_549),
        ("内蒙古", 40_818, 111_766), ("辽宁", 41_836, 123_429), ("吉林", 43_897, 125_326), ("黑龙江", 45_803, 126_535),
        ("上海", 31_230, 121_474), ("江苏", 32_060, 118_797), ("浙江", 30_267, 120_153), ("安徽", 31_861, 117_285),
        ("福建", 26_075, 119_306), ("江西", 28_683, 115_858), ("山东", 36_651, 117_120), ("河南", 34_766, 113_754),
        ("湖北", 30_546, 114_342), ("湖南", 28_228, 112_939), ("广东", 23_129, 113_264), ("广西", 22_817, 108_366),
        ("海南", 20_017, 110_349), ("重庆", 29_563, 106_552), ("四川", 30_651, 104_076), ("贵州", 26_598, 106_707),
        ("云南", 25_046, 102_709), ("西藏", 29_647, 91_117), ("陕西", 34_265, 108_954), ("甘肃", 36_061, 103_834),
        ("青海", 36_621, 101_780), ("宁夏", 38_487, 106_231), ("新疆", 43_793, 87_627), ("台湾", 25_033, 121_565),
        ("香港", 22_320, 114_169), ("澳门", 22_199, 113_544),
    ]

    /// The place of a province written short or in full; `nil` when it is none of China's.
    static func place(_ province: String?) -> Place? {
        guard let province, let seat = seats.first(where: { province.hasPrefix($0.name) }) else { return nil }
        return Place(latitude: seat.latitude * 1000, longitude: seat.longitude * 1000)
    }

    /// Whether two texts mean the same province: 浙江 and 浙江省.
    static func areSame(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        guard let place = place(left) else { return false }
        return place == Self.place(right)
    }
}
