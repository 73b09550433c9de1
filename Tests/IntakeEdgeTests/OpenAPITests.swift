import Contracts
import Foundation
import HTTPEdge
import Testing

@testable import IntakeEdge

/// `openapi.yaml` says what the code does: read line by line, as it is laid out.
@Suite("OpenAPI file of the edge")
struct OpenAPITests {
    private let lines: [String]

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Services/Intake/openapi.yaml")
        lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    }

    /// One of each problem that a post to the resource can meet.
    private static let problems: [Problem] = [
        .unauthorised(""), .conflict, .tooLarge, .unsupportedMediaType, .invalid(Fault("")),
        .tooManyRequests(retryAfterSeconds: 1), .unavailable(""),
    ]

    /// The lines below the first one that is this text, as far as they are indented more.
    private func block(_ heading: String, in lines: [String]? = nil) -> [String] {
        let lines = lines ?? self.lines
        guard let start = lines.firstIndex(where: { $0.trimmingCharacters(in: .whitespaces) == heading }) else {
            return []
        }
        let indentation = lines[start].prefix { $0 == " " }.count
        return lines[(start + 1)...].prefix { $0.isEmpty || $0.prefix { $0 == " " }.count > indentation }.map { $0 }
    }

    /// What the expression finds, line by line.
    private func found(_ expression: Regex<(Substring, Substring)>, in lines: [String]) -> [String] {
        lines.compactMap { $0.firstMatch(of: expression).map { String($0.1) } }
    }

    @Test func statusesAreThoseOfTheCode() {
        let statuses = found(/^        '(\d+)':$/, in: block("responses:"))
        #expect(statuses.compactMap(Int.init) == ([200, 202, 400] + Self.problems.map(\.status)).sorted())
    }

    @Test(arguments: problems.map(\.status)) func headersOfEachProblemAreThoseOfTheCode(status: Int) throws {
        let problem = try #require(Self.problems.first { $0.status == status })
        let headers = found(/^            ([A-Z][A-Za-z-]+): \{required: true/, in: block("'\(status)':"))
        #expect(headers == problem.headers.map(\.name))
        let content = block("'\(status)':").joined(separator: "\n")
        #expect(content.contains("*problem") || content.contains("application/problem+json"))
    }

    @Test func requestHeadersAreThoseOfTheCode() throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Services/Intake/Edge/HeaderNames.swift")
        let read = try String(contentsOf: source, encoding: .utf8).matches(of: /named\("([^"]+)"\)/).map {
            String($0.1)
        }
        let parameters = found(/^        - name: (\S+)$/, in: block("parameters:")).filter { $0 != "channel" }
        let securities = found(/^      name: (\S+)$/, in: block("securitySchemes:"))
        #expect(read.count == 14)
        #expect((parameters + securities).sorted() == read.sorted())
    }

    @Test func mediaTypesAreThoseOfTheCode() {
        #expect(found(/^          (\S+):$/, in: block("requestBody:")) == Problem.mediaTypes)
    }

    @Test func typesAndTopicsAreThoseOfTheCode() {
        let types = found(/^        - (\S+)$/, in: block("Type:"))
        #expect(types.prefix(MessageKind.all.count) == MessageKind.all.map(\.type)[...])
        #expect(Set(types) == Set(MessageKind.all.map(\.type)).union(NativeTypes.all))
        let text = block("Receipt:").joined(separator: " ")
        for topic in Set(MessageKind.all.map(\.topic)) { #expect(text.contains(topic.name)) }
        #expect(lines.contains { $0.contains("enum: [\(NativeTypes.shopifyTopics.sorted().joined(separator: ", "))]") })
        #expect(
            lines.contains { $0.contains("enum: [\(NativeTypes.wooCommerceTopics.sorted().joined(separator: ", "))]") })
    }

    @Test func limitsAreThoseOfTheCode() {
        let text = lines.joined(separator: "\n")
        #expect(text.contains("description: At most \(EdgeLimits.maximumBodyBytes) bytes."))
        #expect(text.contains("The body is above \(EdgeLimits.maximumBodyBytes) bytes"))
        #expect(text.contains("within \(Signature.toleranceMilliseconds / 1000) seconds of now"))
        #expect(text.contains("at most \(Signature.maximumCount)."))
    }

    @Test func answersHaveTheFieldsOfTheFile() throws {
        let receipt = PostDesk.Receipt(messageID: "edge/a/b", type: "channel.order.v1", topic: .channelOrders).body
        let problem = Problem.invalid(Fault("is missing", field: "lines")).body
        for (schema, body) in [("Receipt:", receipt), ("Problem:", problem)] {
            let fields = found(/^        (\w+):/, in: block(schema)).filter { $0 != "properties" }
            let json = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
            #expect(Set(fields) == Set(json.keys), "\(schema)")
        }
    }
}
