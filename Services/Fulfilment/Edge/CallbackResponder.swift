import Contracts
import Foundation
import HTTPEdge
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Pipeline

/// The two resources of the edge over HTTP, each answering in its provider's words.
struct CallbackResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let desk: CallbackDesk
    let meter = EdgeMeter()

    private enum Provider: String { case kuaidi100, kdniao }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await answer(request)
        meter.count(response.status.code, ContinuousClock.now - start)
        return response
    }

    private func answer(_ request: Request) async throws -> Response {
        let path = (request.head.path ?? "").prefix { $0 != "?" }
        guard path.hasPrefix("/callbacks/"), let provider = Provider(rawValue: String(path.dropFirst(11))) else {
            return response(404, nil, "POST /callbacks/kuaidi100 and /callbacks/kdniao are the only resources")
        }
        guard request.method == .post else { return response(405, provider, "the method is not POST") }
        var body = PostBody()
        guard try await body.read(request) else {
            return response(413, provider, CallbackDesk.Refusal.tooLarge.reason, isCut: !body.isEnded)
        }
        guard let form = CallbackForm(body.bytes) else { return response(415, provider, "is no form") }
        do throws(CallbackDesk.Refusal) {
            switch provider {
            case .kuaidi100: try await desk.takeKuaidi100(form)
            case .kdniao: try await desk.takeKDNiao(form)
            }
            return response(200, provider, nil)
        } catch {
            return response(error.status, provider, error.reason)
        }
    }

    /// - Parameter reason: Why it is refused; `nil` when it was taken.
    private func response(_ status: Int, _ provider: Provider?, _ reason: String?, isCut: Bool = false) -> Response {
        let body = JSONWriter.object { json in
            switch provider {
            case .kdniao:
                json.field("EBusinessID", desk.accounts.businessID)
                json.field("UpdateTime", Self.shanghaiText(desk.clock.machineNow))
                json.field("Success", reason == nil)
                json.field("Reason", reason ?? "")
            case .kuaidi100, nil:
                json.field("result", reason == nil)
                json.field("returnCode", "\(status)")
                json.field("message", reason ?? "成功")
            }
        }
        return EdgeAnswer.response(.init(code: status), "application/json", body, isCut: isCut)
    }

    /// `yyyy-MM-dd HH:mm:ss` on the wall clock of Shanghai.
    private static func shanghaiText(_ time: Instant) -> String {
        let local = (time + .hours(8)).description
        return String(local.prefix(19).map { $0 == "T" ? " " : $0 })
    }
}
