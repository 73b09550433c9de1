import Foundation

/// `docker-compose config` of Debian 12 (1.29): the oldest reader of the file that must understand it.
struct ComposeCommand {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads a file, its profiles included, and fails as the command fails.
    static func read(_ file: URL) throws -> ComposeFile {
        let compose = ["docker-compose", "--file", file.path, "--profile", "demo", "--profile", "operators", "config"]
        let yaml = try output(of: compose, missing: "docker-compose is missing; `deploy/test` installs it")
        // 1.29 writes YAML only; its own package brings the reader along for Debian's Python.
        let script = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)"
        let json = try output(
            of: ["/usr/bin/python3", "-c", script], input: yaml,
            missing: "python3-yaml is missing; `deploy/test` installs it")
        return try JSONDecoder().decode(ComposeFile.self, from: json)
    }

    /// Reads a text in place of the file, from a directory of its own.
    static func read(text: String) throws -> ComposeFile {
        let directory = FileManager.default.temporaryDirectory.appending(path: "compose-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }  // A temporary directory left behind hurts nobody.
        let file = directory.appending(path: "docker-compose.yml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return try read(file)
    }

    /// What a command prints; its end with another status than 0 is a failure.
    ///
    /// - Parameter missing: What to say when there is no such command (127 from `env`).
    static func output(
        of command: [String], input: Data = Data(), in directory: URL? = nil, missing: String = "a command is missing"
    ) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = directory
        let (given, printed, complaints) = (Pipe(), Pipe(), Pipe())
        process.standardInput = given
        process.standardOutput = printed
        process.standardError = complaints
        try process.run()
        // One after the other is enough: the commands here read all before they print, and complain in few words.
        try given.fileHandleForWriting.write(contentsOf: input)
        try given.fileHandleForWriting.close()
        let output = try printed.fileHandleForReading.readToEnd() ?? Data()
        let complaint = try complaints.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus != 127 else { throw Failure(description: missing) }
        guard process.terminationStatus == 0 else {
            let text = String(decoding: complaint, as: UTF8.self)
            throw Failure(description: "\(command[0]) ended with \(process.terminationStatus): \(text)")
        }
        return output
    }
}
