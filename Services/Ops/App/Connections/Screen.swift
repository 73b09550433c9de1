import ArgumentParser
import Foundation
import Postgres

/// What a command prints: results on standard output, progress and complaints on standard error.
enum Screen {
    /// Whether a person watches.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    static func complain(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Says how far long work has come; on a terminal each line takes the place of the one before.
    static func progress(_ text: String) {
        FileHandle.standardError.write(Data((isTerminal ? "\r\u{1B}[K" + text : text + "\n").utf8))
    }

    static func endProgress() {
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    /// Runs a command's work and turns its failure into a line and an exit status.
    static func run(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let failure as OpsFailure {
            complain(failure.description)
            throw ExitCode(failure.status.rawValue)
        } catch let ending as ExitCode {
            throw ending
        } catch let error as PostgresError where error.sqlState == "42P01" || error.sqlState == "3F000" {
            complain("\(error); run `ops migrate` first")
            throw ExitCode(1)
        } catch {
            complain("\(error)")
            throw ExitCode(1)
        }
    }

    /// Rows with columns as wide as their widest cell; numbers to the right.
    static func table(_ head: [String], _ rows: [[String]]) -> String {
        let widths = head.indices.map { column in
            ([head] + rows).map { displayWidth($0[column]) }.max() ?? 0
        }
        return ([head] + rows).map { row in
            let cells = zip(row, widths).map { cell, width in
                let space = String(repeating: " ", count: width - displayWidth(cell))
                return Int64(cell) == nil ? cell + space : space + cell
            }
            return cells.joined(separator: "  ").replacing(/\s+$/, with: "")
        }.joined(separator: "\n")
    }

    /// Terminal columns: Chinese characters take two.
    private static func displayWidth(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFEF).contains($1.value) ? 2 : 1) }
    }
}
