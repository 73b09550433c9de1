import ConsoleDomain
import Contracts
import HTTPTypes

/// One record: its form, what else may be done with it, and all its versions.
enum MasterRecordPage {
    static func show(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        let key = visit.query["key"] ?? ""
        let scope = MasterScope(kind, visit)
        let (found, versions) = try await visit.tools.database.read { connection in
            (
                try MasterRows.find(scope, key, in: connection),
                try MasterRows.versions(scope, key, in: connection)
            )
        }
        guard found != nil || !versions.isEmpty else { throw SiteProblem.notFound }
        let body = found?.body ?? versions.compactMap(\.body).first
        let json = try body.map { bytes throws(Fault) in try JSONDocument.object(bytes) }
        var values = try MasterForm(kind: kind, calendar: visit.tools.calendar).values(json)
        // What is bound again is bound after the end.
        if kind == .bindings, found == nil { values["boundAt"] = visit.mallNow.description }
        var content = try form(kind, values, found, nil, visit)
        content["versions"] = .list(self.versions(versions, kind, visit))
        content["mode-json"] = .text(body.map { String(decoding: $0, as: UTF8.self) })
        content["is-ended"] = .flag(found == nil)
        content["steps"] = .list(found == nil ? [] : steps(kind, json, visit))
        content["can-move"] = .flag(kind == .members)
        content["parent"] = .text(json.flatMap { try? $0.stringIfPresent("parentId") })
        return .page(page(kind, key, content, visit))
    }

    static func showNew(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        guard MasterScope(kind, visit).mayAdd else { throw SiteProblem.forbidden }
        let content = try form(kind, start(kind, visit), nil, nil, visit)
        return .page(page(kind, nil, content, visit))
    }

    /// What a new record begins with.
    private static func start(_ kind: MasterKind, _ visit: Visit) -> [String: String] {
        switch kind {
        case .items: ["currency": "CNY", "packSize": "1", "active": "true", "noReasonReturn": "true"]
        case .listings: ["active": "true"]
        case .warehouses: ["kind": "own", "country": "CN", "priority": "0", "active": "true"]
        case .carriers: ["active": "true", "tariffs.0.zone": "same-province", "tariffs.1.zone": "domestic"]
        case .channels:
            ["attributionMode": "first-bind", "money": "own", "clocks": "own", "afterSales": "own", "active": "true"]
        // Somebody who applies is not active before somebody has approved it.
        case .members: ["status": "disabled"]
        case .bindings: ["boundAt": visit.mallNow.description, "source": "link"]
        case .plans:
            [
                "version": "1", "currency": "CNY", "mode": "levels", "selfPurchase": "block", "base": "goods-paid",
                "freezeDays": "7", "poolCapBasisPoints": "30.00", "levels.0.level": "1", "levels.1.level": "2",
            ]
        }
    }

    /// The form again, with what was typed and what is wrong with it.
    static func again(
        _ kind: MasterKind, _ found: MasterRows.Found?, _ fault: Fault, _ visit: Visit
    ) throws -> Answer {
        var values: [String: String] = [:]
        for name in visit.form.names { values[name] = visit.form[name] }
        var content = try form(kind, values, found, fault, visit)
        content["mode-json"] = .text(visit.form["json"] ?? found.map { String(decoding: $0.body, as: UTF8.self) })
        content["is-json"] = .flag(visit.form.text("json") != nil)
        return .page(page(kind, found?.key, content, visit, status: .unprocessableContent))
    }

    private static func page(
        _ kind: MasterKind, _ key: String?, _ content: Content, _ visit: Visit,
        status: HTTPResponse.Status = .ok
    ) -> Page {
        let title = key ?? visit.say("\(kind.title).new")
        return Page.styled(
            template: "master-record", title: title,
            crumbs: [Page.Crumb(visit.say(kind.title), kind.path), Page.Crumb(title)], content: content,
            status: status)
    }

    private static func form(
        _ kind: MasterKind, _ values: [String: String], _ found: MasterRows.Found?, _ fault: Fault?, _ visit: Visit
    ) throws -> Content {
        let form = MasterForm(kind: kind, calendar: visit.tools.calendar)
        let scope = MasterScope(kind, visit)
        let key = found?.key ?? visit.query["key"]
        return [
            "path": .text(kind.path), "key": .text(key),
            "offset": .text(found.map { "\($0.offset)" }),
            "may-edit": .flag(visit.viewer.may(kind.edit) && (key.map(scope.mayChange) ?? scope.mayAdd)),
            "sections": .list(form.sections(values, fault: fault, isNew: key == nil, visit)),
            "page-fault": .text(fault.map { FaultWords.sentence($0, visit) }), "is-plan": .flag(kind == .plans),
        ]
    }

    /// What the next state of a member may be; a binding can only end.
    private static func steps(_ kind: MasterKind, _ json: JSONObject?, _ visit: Visit) -> [Content] {
        if kind == .bindings {
            return [["name": "end", "label": .text(visit.say("master.step.end")), "is-dangerous": true]]
        }
        guard kind == .members, let json, let member = try? DistributionMember(json) else { return [] }
        let step = member.status == .active ? "freeze" : member.joinedAt == nil ? "approve" : "thaw"
        return [
            [
                "name": .text(step), "label": .text(visit.say("master.step.\(step)")),
                "is-dangerous": .flag(step == "freeze"),
            ]
        ]
    }

    private static func versions(
        _ versions: [MasterRows.Version], _ kind: MasterKind, _ visit: Visit
    ) -> [Content] {
        versions.enumerated().map { index, version in
            let former = index + 1 < versions.count ? versions[index + 1].body : nil
            return [
                "offset": "\(version.offset)", "recorded": .text(visit.formats.time(version.recordedAt)),
                "effective": .text(visit.formats.time(version.effectiveFrom)), "is-current": .flag(index == 0),
                "is-ended": .flag(version.body == nil), "may-restore": .flag(index > 0 && version.body != nil),
                "changes": .list(changes(former, version.body, kind, visit)),
                "is-first": .flag(index + 1 == versions.count),
            ]
        }
    }

    /// Versions of before a contract was stricter show no changes.
    private static func changes(
        _ former: [UInt8]?, _ body: [UInt8]?, _ kind: MasterKind, _ visit: Visit
    ) -> [Content] {
        guard let former, let body, let json = try? JSONDocument.object(body),
            let record = try? kind.record(json), let changes = try? MasterChange.between(former, record)
        else { return [] }
        return changes.map { MasterPreview.change($0, visit) }
    }
}
