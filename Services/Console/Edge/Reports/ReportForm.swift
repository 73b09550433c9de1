import ConsoleDomain
import Contracts

/// The part of a report's page by which it is narrowed.
struct ReportForm {
    let report: Report
    let filter: ReportFilter
    let complaints: [String: String]
    let visit: Visit

    var content: Content {
        [
            "path": .text("/reports/\(report.code)"), "reports": .list(reports), "periods": .list(periods),
            "from": .text(visit.query["from"] ?? filter.span.from.description),
            "to": .text(visit.query["to"] ?? filter.span.to.description),
            "from-fault": fault("from"), "to-fault": fault("to"), "member": .text(filter.member),
            "currency": .text(filter.currency),
            "member-fault": fault("member"), "has-grain": has(.grain), "has-channel": has(.channel),
            "has-warehouse": has(.warehouse), "has-category": has(.category), "has-member": has(.member),
            "grains": .list(
                Grain.allCases.map { option($0.rawValue, "reports.grain.\($0.rawValue)", filter.grain.rawValue) }),
            "complaint": .text(
                complaints.keys.sorted().first { !["from", "to", "member"].contains($0) }.flatMap { complaints[$0] }
                    .map { visit.say($0) }),
        ]
    }

    private func has(_ field: Report.Field) -> ContentValue { .flag(report.fields.contains(field)) }

    private func fault(_ field: String) -> ContentValue { .text(complaints[field].map { visit.say($0) }) }

    private func option(_ code: String, _ phrase: String, _ chosen: String?) -> Content {
        ["code": .text(code), "name": .text(visit.say(phrase)), "is-chosen": .flag(code == chosen)]
    }

    /// The other reports, with what this one was narrowed to.
    private var reports: [Content] {
        Report.all.filter { $0.admits(visit.viewer) }.map { other in
            [
                "path": .text("/reports/\(other.code)?\(filter.query)"),
                "name": .text(visit.say("reports.\(other.code)")), "is-here": .flag(other.code == report.code),
            ]
        }
    }

    private var periods: [Content] {
        NamedSpan.allCases.map { named in
            var other = filter
            other.named = named
            return [
                "path": .text("/reports/\(report.code)?\(other.query)"),
                "name": .text(visit.say("reports.period.\(named.rawValue)")),
                "is-here": .flag(filter.named == named),
            ]
        }
    }
}
