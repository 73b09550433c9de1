import Foundation
import Postgres
import Support

/// A house with a console, its users, and an order that the steps follow.
struct BrowserHouse {
    let stack: Stack
    private let base: String
    private let passwords: [String: String]
    private static let demoOrders = 40

    init() throws {
        let port = try Self.freePort()
        base = "http://127.0.0.1:\(port)"
        stack = try Stack(settings: [
            "CONSOLE_PORT": port, "CONSOLE_PASSWORD_COST": "10", "CONSOLE_TRUSTED_PROXIES": "127.0.0.1",
            "CONSOLE_SHARE_URL": "https://mall.example.com/?from={memberId}",
        ])
        passwords = Dictionary(uniqueKeysWithValues: Self.users.map { ($0.role, UUID().uuidString.lowercased()) })
        do {
            try makeUsers()
            try playDemo()
        } catch {
            try stack.stop()
            throw error
        }
    }

    /// Runs the steps; answers the exit status and all that they printed.
    func takeSteps() throws -> (status: Int32, text: String) {
        let description = try describe()
        defer { try? FileManager.default.removeItem(at: description) }  // A left-over in /tmp harms nobody.
        let process = Process()
        process.executableURL = URL(filePath: try Self.required("BROWSER_PYTHON"))
        process.arguments = [
            Self.folder.appending(path: "Steps/run.py").path, description.path, try Self.required("AXE_SCRIPT"),
            Stack.root.appending(path: ".run/test/screens").path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    /// Of each ready role the part of the demo's mall that it sees.
    private static let users: [(role: String, scope: [String])] = [
        ("owner", ["--scope", "all"]), ("channel-manager", ["--scope", "channels", "--value", "wechat-mini"]),
        ("warehouse", ["--scope", "warehouses", "--value", "hangzhou"]), ("support", ["--scope", "all"]),
        ("finance", ["--scope", "all"]), ("distributor", ["--scope", "downline", "--value", "T1"]),
        ("auditor", ["--scope", "all"]),
    ]

    private func makeUsers() throws {
        for (role, scope) in Self.users {
            let file = FileManager.default.temporaryDirectory.appending(path: "password-\(UUID().uuidString)")
            try (passwords[role] ?? "").write(to: file, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(at: file) }  // Of a user of this run alone.
            let made = try stack.attempt(
                ["users", "create", "--name", role, "--role", role, "--password-file", file.path] + scope)
            guard made.status == 0 else { throw Stack.Failure(description: "ops users create: \(made.text)") }
        }
    }

    private func playDemo() throws {
        let orders = try DemoFile.write(count: Self.demoOrders)
        defer { try? FileManager.default.removeItem(at: orders) }  // A left-over in /tmp harms nobody.
        try stack.ops("simulate", "--orders", orders.path, "--limit", "\(Self.demoOrders)", "--seed", "3")
    }

    /// What the steps are told: where the console is, who comes in, and an order of the demo's goods that has just
    /// been paid, with another one for later.
    private func describe() throws -> URL {
        let now = String(try stack.ops("clock", "show").prefix { $0 != " " })
        let item = try goods()
        let order = Self.order("BROWSER-1", item, at: now)
        try publish(order)
        let facts: [String: Any] = [
            "channel": "wechat-mini", "order": "BROWSER-1", "next": Self.order("BROWSER-2", item, at: now), "now": now,
            "waybill": "SF1034567890123", "member": "T1",
        ]
        let description: [String: Any] = [
            "base": base, "passwords": passwords, "ops": Stack.program("ops").path,
            "environment": stack.operatorsEnvironment, "facts": facts,
        ]
        let file = FileManager.default.temporaryDirectory.appending(path: "console-\(UUID().uuidString).json")
        try JSONSerialization.data(withJSONObject: description).write(to: file)
        return file
    }

    /// Something of the demo that is in stock, once the console knows it.
    private func goods() throws -> (sku: String, price: Int64) {
        let connection = try Connection(stack.databaseURL)
        defer { connection.close() }
        let deadline = Date(timeIntervalSinceNow: 60)
        while true {
            let rows = try connection.rows(
                """
                SELECT i.sku, i.price FROM console.items i JOIN console.stock s ON s.sku = i.sku
                WHERE s.available > 5 AND i.price > 0 AND (SELECT count(*) FROM console.orders WHERE state IS NOT NULL) >= \(Self.demoOrders)
                ORDER BY i.sku LIMIT 1
                """)
            if let row = rows.first { return (row.text(0), row.int64(1)) }
            guard Date() < deadline else { throw Stack.Failure(description: "the console does not know the demo") }
            Thread.sleep(forTimeInterval: 0.1)
        }
    }

    private func publish(_ order: [String: Any]) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "order-\(UUID().uuidString).jsonl")
        let line: [String: Any] = ["key": "wechat-mini/\(order["externalOrderId"] ?? "")", "value": order]
        try JSONSerialization.data(withJSONObject: line).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // A left-over in /tmp harms nobody.
        try stack.ops("publish", "--topic", "channel.orders.v1", "--file", file.path)
    }

    /// Paid, and sold by a member two steps below `T1`.
    private static func order(_ id: String, _ item: (sku: String, price: Int64), at now: String) -> [String: Any] {
        [
            "channel": "wechat-mini", "externalOrderId": id, "placedAt": now, "currency": "CNY",
            "buyer": ["externalBuyerId": "browser-\(id)", "name": "顾客 9", "phone": "13900000009"],
            "shipTo": [
                "name": "顾客 9", "phone": "13900000009", "country": "CN", "province": "浙江省", "city": "杭州市",
                "district": "西湖区", "street": "文三路 9 号",
            ],
            "referral": ["code": "T1-1-1", "kind": "code", "at": now],
            "lines": [["lineId": "1", "sku": item.sku, "quantity": 1, "unitPrice": item.price]], "total": item.price,
            "payment": ["paymentId": "P-\(id)", "status": "succeeded", "amount": item.price, "paidAt": now],
        ]
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    private static func freePort() throws -> String {
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: try required("BROWSER_PYTHON"))
        process.arguments = [
            "-c", "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])",
        ]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return String(text.prefix { $0.isNumber })
    }

    private static func required(_ name: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
            throw Stack.Failure(description: "\(name) is not set: run deploy/test")
        }
        return value
    }
}
