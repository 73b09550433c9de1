/// A message that cannot be handled as it stands: it becomes a dead letter, the rest of the batch goes on.
///
/// - Shape: `reason` never quotes personal data; `field` is a path like `lines[1].quantity`, absent when the whole
///   message is meant.
/// - Source: DESIGN, "Poison".
public struct Fault: Error, Equatable, Sendable, CustomStringConvertible {
    public let reason: String
    public let field: String?

    public init(_ reason: String, field: String? = nil) {
        self.reason = reason
        self.field = field
    }

    public var description: String {
        field.map { "\($0): \(reason)" } ?? reason
    }
}
