import ConsoleDomain
import Contracts
import Foundation
import Logging
public import Pipeline
import Postgres

/// Writes the reports that are due into the folder of exports.
public final class ExportWork: SideWork {
    public let name = "exports"
    private let folder: String
    private let phrases: Phrases

    /// Reads `CONSOLE_EXPORT_FOLDER`; `nil` when there is none, or `reader` has found defects.
    public init?(_ reader: inout SettingsReader) {
        guard let folder = ExportFolder.read(&reader) else { return nil }
        self.folder = folder
        do {
            phrases = try Phrases(SiteSections.all.flatMap(\.phrases))
        } catch {
            reader.defect("CONSOLE_EXPORT_FOLDER", "\(error)")
            return nil
        }
    }

    init(folder: String) throws {
        self.folder = folder
        phrases = try Phrases(SiteSections.all.flatMap(\.phrases))
    }

    public func step(_ place: SideWorkPlace) throws {
        while !place.isStopping, try writeNext(place.connection, at: place.now, place.calendar) {}
    }

    /// - Returns: Whether one was due.
    func writeNext(_ connection: Connection, at now: Instant, _ calendar: BusinessCalendar) throws -> Bool {
        // The next time is set before the work: what cannot be written is not tried all the time, and what was missed
        // while nothing ran is written once.
        let due = try connection.transaction { transaction -> ExportSchedule? in
            guard let schedule = try ScheduleRows.takeDue(at: now, in: transaction) else { return nil }
            try ScheduleRows.written(
                schedule, file: nil, fault: nil, at: now, next: schedule.rhythm.next(after: now, calendar),
                in: transaction)
            return schedule
        }
        guard let due else { return false }
        var file: String?
        var fault: String?
        do {
            file = try write(due, connection, at: now, calendar)
        } catch let error as PostgresError where error.isRetriable {
            try again(due, connection)
            throw error
        } catch let refusal as ExportRefusal {
            fault = refusal.rawValue
        } catch {
            Logger(label: name).error(
                "export failed", metadata: ["schedule": "\(due.scheduleID)", "error": "\(error)"])
            fault = ExportRefusal.failed.rawValue
        }
        try connection.transaction { transaction in
            try ScheduleRows.written(
                due, file: file, fault: fault, at: now, next: due.rhythm.next(after: now, calendar), in: transaction)
        }
        return true
    }

    private func again(_ schedule: ExportSchedule, _ connection: Connection) throws {
        guard connection.isAlive else { return }
        try connection.transaction { transaction in
            try ScheduleRows.written(
                schedule, file: nil, fault: nil, at: schedule.lastAt ?? schedule.nextAt, next: schedule.nextAt,
                in: transaction)
        }
    }

    private enum ExportRefusal: String, Error {
        /// Its user may not see the report any more.
        case user
        case filter, failed
    }

    /// - Returns: The file's name.
    private func write(
        _ schedule: ExportSchedule, _ connection: Connection, at now: Instant, _ calendar: BusinessCalendar
    ) throws -> String {
        let today = calendar.day(of: now)
        guard let report = Report.named(schedule.report),
            let viewer = try ViewerRows.find(schedule.userID, in: connection), viewer.may(.reportsExport),
            report.admits(viewer)
        else { throw ExportRefusal.user }
        let read = ReadReportFilter(try FormFields(urlEncoded: schedule.query), today: today)
        guard read.complaints.isEmpty else { throw ExportRefusal.filter }
        let question = try ReportQuestion(report, read.filter, viewer, at: now, calendar, connection)
        let export = ReportExport(
            answer: try report.answer(question),
            words: ReportWords(
                phrases: phrases, language: schedule.language, calendar: calendar, currency: question.currency),
            connection: connection)
        let file = "\(report.code)-\(schedule.scheduleID)-\(today).\(schedule.format.rawValue)"
        // Whoever reads the folder never finds half a file.
        let draft = "\(folder)/.\(file).part"
        guard FileManager.default.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o640])
        else { throw ExportRefusal.failed }
        switch schedule.format {
        case .csv: try export.writeSeparated(nil, hasMark: true, to: draft)
        case .xlsx: try export.writeWorkbook(to: draft)
        }
        guard unsafe rename(draft, "\(folder)/\(file)") == 0 else { throw ExportRefusal.failed }
        return file
    }
}

enum ExportFolder {
    /// `CONSOLE_EXPORT_FOLDER`: where reports are written by themselves; default none.
    static func read(_ reader: inout SettingsReader) -> String? {
        let before = reader.defects.count
        let folder = reader.text("CONSOLE_EXPORT_FOLDER", default: "") { text in
            if text.isEmpty { return nil }
            var isFolder: ObjCBool = false
            let exists = unsafe FileManager.default.fileExists(atPath: text, isDirectory: &isFolder)
            return exists && isFolder.boolValue && FileManager.default.isWritableFile(atPath: text)
                ? nil : "'\(text)' is no folder that can be written to"
        }
        return folder.isEmpty || reader.defects.count > before ? nil : folder
    }
}
