import ConsoleDomain
import Foundation
import HTTPTypes
import Testing

@testable import ConsoleEdge

/// `openapi.json` says what the site does: no route is missing in it, and none is made up.
@Suite("Description of the console's routes")
struct DescriptionTests {
    private typealias JSON = [String: Any]

    private let document: JSON

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Services/Console/openapi.json")
        document = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? JSON)
    }

    /// Who may come to each route, under `GET /orders/{id}`.
    private static let routes: [String: String] = Dictionary(
        uniqueKeysWithValues: SiteSections.all.flatMap(\.routes).map {
            ("\($0.method.rawValue) \($0.path)", access($0.access))
        })

    private static func access(_ access: Route.Access) -> String {
        switch access {
        case .anyone: "anyone"
        case .signedIn: "signed-in"
        case .permission(let permissions): permission(permissions.map(\.rawValue))
        }
    }

    private static func permission(_ names: [String]) -> String {
        "permission \(names.sorted().joined(separator: ", "))"
    }

    /// The operations of the file, under `GET /orders/{id}`.
    private func operations() throws -> [String: JSON] {
        let paths = try #require(document["paths"] as? [String: [String: JSON]])
        var operations: [String: JSON] = [:]
        for (path, methods) in paths {
            for (method, operation) in methods { operations["\(method.uppercased()) \(path)"] = operation }
        }
        return operations
    }

    private func described() throws -> [String: String] {
        try operations().mapValues { operation in
            let access = operation["x-access"] as? String ?? ""
            let names = operation["x-permissions"] as? [String] ?? []
            return access == "permission" ? Self.permission(names) : names.isEmpty ? access : "names without need"
        }
    }

    /// What one of them has and the other one has not, or not so.
    private static func differences(_ routes: [String: String], _ described: [String: String]) -> [String] {
        Set(routes.keys).union(described.keys).sorted().compactMap { name in
            let (own, told) = (routes[name] ?? "no such route", described[name] ?? "not described")
            return own == told ? nil : "\(name): \(own); the file: \(told)"
        }
    }

    /// A parameter, also one that stands among the components.
    private func parameter(_ parameter: JSON) throws -> JSON {
        guard let reference = parameter["$ref"] as? String else { return parameter }
        let name = try #require(reference.split(separator: "/").last).description
        let components = try #require(document["components"] as? JSON)
        let parameters = try #require(components["parameters"] as? [String: JSON])
        return try #require(parameters[name], "\(reference) is missing")
    }

    private func parameters(_ name: String) throws -> [JSON] {
        let operation = try #require(try operations()[name], "\(name) is missing")
        return try (operation["parameters"] as? [JSON] ?? []).map(parameter)
    }

    /// The names of a form's fields; those that carry an id or a number are patterns and not among them.
    private func fields(_ name: String) throws -> JSON {
        let operation = try #require(try operations()[name], "\(name) is missing")
        let body = try #require((operation["requestBody"] as? JSON)?["content"] as? [String: JSON])
        let schema = try #require(body.values.first?["schema"] as? JSON)
        return schema["properties"] as? JSON ?? [:]
    }

    @Test func fileAndSiteHaveTheSameRoutesWithTheSameAccess() throws {
        #expect(Self.differences(Self.routes, try described()) == [])
    }

    @Test func missingAndWrongRoutesAreFound() throws {
        var described = try described()
        described["GET /orders"] = nil
        described["GET /made-up"] = "anyone"
        described["GET /audit"] = "signed-in"
        #expect(Self.differences(Self.routes, described).count == 3)
    }

    @Test func everyPlaceOfAPathIsDescribed() throws {
        for name in try operations().keys {
            let places = name.matches(of: /\{([a-zA-Z-]+)\}/).map { String($0.1) }
            let parameters = try parameters(name).filter { $0["in"] as? String == "path" }
            #expect(parameters.compactMap { $0["name"] as? String }.sorted() == places.sorted(), "\(name)")
            for parameter in parameters {
                #expect(parameter["required"] as? Bool == true, "\(name)")
                #expect((parameter["description"] as? String)?.isEmpty == false, "\(name)")
                #expect(parameter["schema"] is JSON, "\(name)")
            }
        }
    }

    @Test func permissionsAreThoseOfTheProgram() throws {
        let schemas = try #require((document["components"] as? JSON)?["schemas"] as? [String: JSON])
        #expect(schemas["Permission"]?["enum"] as? [String] == Permission.allCases.map(\.rawValue))
    }

    @Test(arguments: Queues.all.map(\.name))
    func filtersAndActionsAreThoseOfTheQueue(name: String) throws {
        let queue = try #require(Queues.all.first { $0.name == name })
        let filters = try parameters("GET \(queue.path)")
        #expect(filters.compactMap { $0["name"] as? String } == queue.filters.map(\.name) + ["after"])
        for filter in queue.filters where !filter.options.isEmpty {
            let schema = filters.first { $0["name"] as? String == filter.name }?["schema"] as? JSON
            #expect(schema?["enum"] as? [String] == filter.options)
        }
        guard !queue.actions.isEmpty else { return }
        let action = try fields("POST \(queue.path)/act")["do"] as? JSON
        #expect(action?["enum"] as? [String] == queue.actions.map(\.name))
    }

    @Test(arguments: MasterKind.allCases)
    func formHasTheFieldsOfTheKind(kind: MasterKind) throws {
        let steering: Set = ["key", "json", "restore", "step"]
        let described = Set(try fields("POST \(kind.path)/check").keys).subtracting(steering)
        var fields: Set<String> = []
        for field in kind.fields {
            switch field.kind {
            case .rows: break
            case .group(let parts): fields.formUnion(parts.map { "\(field.text).\($0.text)" })
            default: fields.insert(field.text)
            }
        }
        #expect(described == fields)
    }

    @Test(arguments: Report.all.map(\.code))
    func reportIsNarrowedByItsOwnFields(code: String) throws {
        let report = try #require(Report.named(code))
        let names = try parameters("GET /reports/\(code)").compactMap { $0["name"] as? String }
        let fields = Report.Field.allCases.filter(report.fields.contains).map(\.rawValue)
        #expect(names == ["period", "from", "to"] + fields + ["currency"])
    }
}
