/// A language of the site.
enum Language: String, CaseIterable, Sendable {
    case zh, en

    /// Of the page's `lang`.
    var tag: String { self == .zh ? "zh-CN" : "en" }

    /// As its speakers call it.
    var ownName: String { self == .zh ? "中文" : "English" }

    /// The first language of a browser's list that the site has, else Chinese.
    ///
    /// - Source: RFC 9110 section 12.5.4; browsers send the list in order, so weights are not read.
    static func preferred(_ list: String) -> Language {
        for entry in list.split(separator: ",").prefix(20) {
            let tag = entry.drop { $0 == " " }.prefix { $0.isLetter }.lowercased()
            if let language = Language(rawValue: tag) { return language }
        }
        return .zh
    }
}

/// How bright the site is.
enum Theme: String, CaseIterable, Sendable { case auto, light, dark }
