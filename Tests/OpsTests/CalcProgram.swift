import Foundation

/// `ops calc` as a shell starts it.
enum CalcProgram {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// - Parameter arguments: `-` stands for a file that holds `input`.
    static func run(_ arguments: [String], _ input: String = "") throws -> (status: Int32, output: Data) {
        let file = FileManager.default.temporaryDirectory.appending(path: "calc-\(UUID().uuidString).json")
        try Data(input.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try start(
            root.appending(path: ".build/debug/ops"), ["calc"] + arguments.map { $0 == "-" ? file.path : $0 })
    }

    /// What a program prints and how it ends.
    static func start(_ program: URL, _ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = Pipe()
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, bytes)
    }
}
