import ConsoleDomain
import Contracts

/// Parcels with what carriers said of them, cases and refunds of an order.
struct OrderParcelsPart {
    let story: OrderStory
    let visit: Visit

    var content: Content {
        let scans = story.scans
        return [
            "sees-parcels": .flag(visit.viewer.may(.shipmentsView)),
            "parcels": .list(story.parcels.map { parcel($0, scans[$0.shipmentID] ?? []) }),
            "sees-cases": .flag(visit.viewer.may(.casesView)), "cases": .list(story.cases.map(afterSales)),
            "refunds": .list(story.refunds.map(refund)),
        ]
    }

    private func parcel(_ parcel: StoryParcel, _ scans: [ShipmentTracked]) -> Content {
        [
            "shipment": .text(parcel.shipmentID), "path": .text("/parcels/\(PercentCoding.encoded(parcel.shipmentID))"),
            "direction": .text(parcel.direction == "return" ? visit.say("order.parcel.return") : nil),
            "warehouse": .text(parcel.warehouse.map(story.choices.warehouse)), "carrier": .text(parcel.carrier),
            "waybill": .text(parcel.waybill), "goods": .text(goods(parcel)),
            "parcel-state": .text(parcel.state.map { visit.say("order.parcel.\($0)") }),
            "tone": .text(tone(parcel)), "dispatched": .text(parcel.dispatchedAt.map { visit.formats.time($0) }),
            "promised": .text(parcel.promisedBy.map { visit.formats.time($0) }),
            "exception": .text(parcel.exception), "scans": .list(scans.reversed().map(scan)),
        ]
    }

    private func tone(_ parcel: StoryParcel) -> String {
        if parcel.exception != nil, parcel.deliveredAt == nil { return "bad" }
        switch parcel.state {
        case "delivered": return "good"
        case "cancelled", "returned": return ""
        default: return "info"
        }
    }

    private func goods(_ parcel: StoryParcel) -> String? {
        guard let text = parcel.lines,
            // Kept by the console itself; a line that does not read is left out.
            let lines = try? JSONDocument.object(Array("{\"lines\":\(text)}".utf8)).readList(
                "lines", as: LineQuantity.self)
        else { return nil }
        return lines.map { "\($0.sku) ×\(visit.formats.number($0.quantity))" }.joined(
            separator: visit.say("list.comma"))
    }

    private func scan(_ scan: ShipmentTracked) -> Content {
        [
            "at": .text(visit.formats.time(scan.occurredAt)),
            "word": .text(visit.say("order.scan.\(scan.status.rawValue)")),
            "location": .text(scan.location), "code": .text(scan.rawCode),
        ]
    }

    private func afterSales(_ found: StoryCase) -> Content {
        let clock = found.deadline.map { CaseClockWords(deadline: $0, visit: visit) }
        return [
            "clock": .text(clock?.act), "clock-time": .text(clock?.time), "clock-tag": .text(clock?.tag?.text),
            "clock-tone": .text(clock?.tag?.tone), "clock-reason": .text(clock?.reason),
            "case": .text(found.caseID), "path": .text("/cases/\(PercentCoding.encoded(found.caseID))"),
            "kind": .text(found.kind.map { visit.say("term.case.\($0)") }),
            "why": .text(found.reason.map(visit.buyerReason)),
            "case-state": .text(found.state.map { visit.say("order.case.\($0)") }),
            "tone": .text(found.endedAt == nil ? "warn" : ""),
            "asked": .text(found.amount.map { visit.formats.money($0, story.order.currency) }),
            "given": .text(found.refunded == 0 ? nil : visit.formats.money(found.refunded, story.order.currency)),
            "opened": .text(found.openedAt.map { visit.formats.time($0) }),
            "ended": .text(found.endedAt.map { visit.formats.time($0) }), "replacement": .text(found.replacement),
            "replacement-path": .text(found.replacement.map(OrderAddress.order)),
        ]
    }

    private func refund(_ refund: StoryRefund) -> Content {
        let tone =
            switch refund.state {
            case "settled": "good"
            case "failed": "bad"
            default: "warn"
            }
        return [
            "refund": .text(refund.refundID), "case": .text(refund.caseID),
            "amount": .text(visit.formats.money(refund.amount, refund.currency)), "why": .text(refund.reason),
            "refund-state": .text(visit.say("order.refund.\(refund.state)")), "tone": .text(tone),
            "failure": .text(refund.failure), "due": .text(refund.dueAt.map { visit.formats.time($0) }),
            "ended": .text(refund.endedAt.map { visit.formats.time($0) }),
        ]
    }
}
