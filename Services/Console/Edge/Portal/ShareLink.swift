/// The address that a distributor shares, so that what is bought through it is its sale.
enum ShareLink {
    static let place = "{memberId}"

    static func complaint(about text: String) -> String? {
        (text.hasPrefix("https://") || text.hasPrefix("http://")) && text.contains(place)
            ? nil : "is not like https://mall.example.com/?from=\(place)"
    }
}

extension ConsoleSettings {
    /// Nil for a mall that has set none.
    func shareLink(of member: String) -> String? {
        shareURL.isEmpty ? nil : shareURL.replacing(ShareLink.place, with: PercentCoding.encoded(member))
    }
}
