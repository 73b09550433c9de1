import Foundation

/// A service's executable beside this one in the same folder.
struct SiblingProgram {
    let path: String

    /// - Throws: `OpsFailure` when the folder has no such program.
    init(_ name: String) throws {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        path = URL(filePath: own).deletingLastPathComponent().appending(path: name).path()
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw OpsFailure("\(path) is missing; build the product '\(name)'")
        }
    }

    /// Runs it with this command's input and output; answers its exit status.
    func run(_ arguments: [String], environment: [String: String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = environment
        try process.run()
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }
}
