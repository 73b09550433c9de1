import ConsoleDomain
import Contracts
import Foundation
import HTTPTypes
import HummingbirdCore
import NIOCore
import Synchronization

/// Reports as files, for people by a link and for programs by a token.
enum ExportPages {
    static let routes: [Route] = Report.all.flatMap { report in
        ExportFormat.allCases.map { format in
            .get("/reports/\(report.code).\(format.rawValue)", .may(.reportsExport)) { visit in
                try await send(report, format, visit)
            }
        }
    }

    private static func send(_ report: Report, _ format: ExportFormat, _ visit: Visit) async throws -> Answer {
        guard report.admits(visit.viewer) else { throw SiteProblem.forbidden }
        let today = visit.tools.calendar.day(of: visit.mallNow)
        let read = ReadReportFilter(visit.query, today: today)
        if let field = read.complaints.keys.min() { return complaint(field, visit) }
        let file = try await spool(report, format, read.filter, visit)
        try await visit.tools.database.write { transaction in
            try AuditRows.add(
                visit.entry(
                    "reports.export", "report/\(report.code)",
                    after: JSONWriter.object { json in
                        json.field("format", format.rawValue)
                        json.field("filter", read.filter.query)
                    }), in: transaction)
        }
        let span = read.filter.span
        return .stream(
            type: format.type, fileName: "\(report.code)-\(span.from)-\(span.to).\(format.rawValue)"
        ) { writer in
            while let bytes = try file.read(upToCount: bytesAtOnce), !bytes.isEmpty {
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
    }

    private static let bytesAtOnce = 1 << 16

    private static func complaint(_ field: String, _ visit: Visit) -> Answer {
        guard case .bytes(let bytes) = ProblemJSON.reply(.badRequest, visit, field: field).body else {
            return .json([], status: .badRequest)
        }
        return Answer(kind: .bytes(.badRequest, type: "application/problem+json", bytes))
    }

    /// Writes the whole file before the first byte leaves: whoever reads slowly keeps no connection from others, and
    /// what fails is not taken for a whole file.
    ///
    /// - Returns: The open file, whose name is gone already.
    private static func spool(
        _ report: Report, _ format: ExportFormat, _ filter: ReportFilter, _ visit: Visit
    ) async throws -> FileHandle {
        let path = NSTemporaryDirectory() + "/console-\(UUID().uuidString).\(format.rawValue)"
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw SiteDefect("\(path) cannot be written") }
        defer { _ = unsafe unlink(path) }
        let tools = visit.tools
        let table = visit.query.text("table")
        let hasMark = visit.query.text("bom") != "no"
        try await ExportSlots.with(tools) {
            try await tools.database.read { connection in
                let question = try ReportQuestion(
                    report, filter, visit.viewer, at: visit.mallNow, tools.calendar, connection)
                let export = ReportExport(
                    answer: try report.answer(question),
                    words: ReportWords(
                        phrases: tools.phrases, language: visit.language, calendar: tools.calendar,
                        currency: question.currency), connection: connection)
                switch format {
                case .csv: try export.writeSeparated(table, hasMark: hasMark, to: path)
                case .xlsx: try export.writeWorkbook(to: path)
                }
            }
        }
        return try FileHandle(forReadingFrom: URL(filePath: path))
    }
}

/// How many exports of one site are written at the same time: pages keep connections for themselves.
enum ExportSlots {
    private static let taken = Mutex<[ObjectIdentifier: Int]>([:])

    /// - Throws: `SiteProblem.busy` while as many are written already.
    static func with<Value>(_ tools: SiteTools, _ body: () async throws -> Value) async throws -> Value {
        let limit = max(1, tools.settings.connections / 2)
        let site = ObjectIdentifier(tools.database)
        let isFree = taken.withLock { taken in
            guard taken[site, default: 0] < limit else { return false }
            taken[site, default: 0] += 1
            return true
        }
        guard isFree else { throw SiteProblem.busy }
        defer {
            taken.withLock { taken in
                let left = taken[site, default: 1] - 1
                taken[site] = left == 0 ? nil : left
            }
        }
        return try await body()
    }
}
