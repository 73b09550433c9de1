import Contracts
import HTTPTypes

/// Why a program did not get what it asked for.
///
/// - Source: RFC 9457.
enum ProblemJSON {
    static func reply(_ problem: SiteProblem, _ visit: Visit, field: String? = nil) -> Reply {
        let body = JSONWriter.object { json in
            json.field("type", "about:blank")
            json.field("title", visit.say("problem.\(problem.code).title"))
            json.field("status", Int64(problem.status.code))
            json.field("detail", visit.say("problem.\(problem.code).advice"))
            json.field("field", field)
        }
        return Reply(problem.status, [.contentType: "application/problem+json"], body)
    }
}
