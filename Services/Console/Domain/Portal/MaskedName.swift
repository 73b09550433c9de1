/// A person's name as others of the same line may see it: its first character and what stands for the rest.
///
/// - Source: issue "Console", "Access": the own downline with personal data masked.
public func maskedName(_ name: String) -> String {
    guard let first = name.first else { return "" }
    return String(first) + String(repeating: "*", count: min(max(name.count - 1, 1), 2))
}
