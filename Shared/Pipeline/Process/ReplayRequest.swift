import Contracts

/// What is to be handled again: `--topic T [--from TIME|OFFSET] [--until TIME|OFFSET] [--key K] [--mode dry-run|live]`.
struct ReplayRequest {
    enum Mark {
        case time(Instant)
        case offset(Int64)

        init(_ text: String, _ name: String) throws(ReplayUsage) {
            if let offset = Int64(text), offset >= 0 {
                self = .offset(offset)
            } else if let time = Instant(rfc3339: text) {
                self = .time(time)
            } else {
                throw ReplayUsage(reason: "--\(name): '\(text)' is neither an offset nor an RFC 3339 time")
            }
        }
    }

    let topic: Topic
    let from: Mark?
    let until: Mark?
    let key: String?
    let isLive: Bool

    init(_ arguments: [String], topics: [Topic]) throws(ReplayUsage) {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard ["--topic", "--from", "--until", "--key", "--mode"].contains(name), let value = rest.popFirst() else {
                throw ReplayUsage(reason: "'\(name)' is unknown or has no value")
            }
            values[name] = value
        }
        guard let name = values["--topic"], let topic = topics.first(where: { $0.name == name }) else {
            throw ReplayUsage(reason: "--topic: one of \(topics.map(\.name).joined(separator: ", "))")
        }
        let mode = values["--mode"] ?? "dry-run"
        guard ["dry-run", "live"].contains(mode) else {
            throw ReplayUsage(reason: "--mode: '\(mode)' is neither dry-run nor live")
        }
        self.topic = topic
        from = if let text = values["--from"] { try Mark(text, "from") } else { nil }
        until = if let text = values["--until"] { try Mark(text, "until") } else { nil }
        key = values["--key"]
        isLive = mode == "live"
    }
}

/// A wrong argument of `replay`.
struct ReplayUsage: Error {
    let reason: String
}
