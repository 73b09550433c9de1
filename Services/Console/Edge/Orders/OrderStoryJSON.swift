import ConsoleDomain
import Contracts

/// An order's story for programs.
struct OrderStoryJSON {
    let story: OrderStory
    let viewer: Viewer

    func write(to json: inout JSONWriter) {
        let order = story.order
        json.field("orderId", order.orderID)
        json.field("externalOrderId", order.externalOrderID)
        json.field("kind", order.kind)
        json.field("replaces", order.replaces)
        json.field("channel", order.channel)
        json.field("placedAt", order.placedAt)
        json.field("buyerId", viewer.scope.masksPersonalData ? nil : order.buyerID)
        json.field("state", order.state)
        json.field("stockStatus", order.stock)
        json.field("refundStatus", order.refund)
        json.field("cancelReason", order.cancelReason)
        json.array("holds") { array in order.holds.forEach { array.element($0) } }
        json.field("flag", order.flag)
        json.field("memberId", order.seller)
        if viewer.scope.member == nil { json.field("attribution", story.attribution) }
        writeMoney(to: &json)
        json.field("paidAt", order.times[.paid])
        json.field("confirmedAt", order.confirmedAt)
        json.field("shippedAt", order.times[.shipped])
        json.field("deliveredAt", order.times[.delivered])
        json.field("completedAt", order.times[.completed])
        json.field("cancelledAt", order.times[.cancelled])
        json.field("afterSalesUntil", order.afterSalesUntil)
        json.array("lines") { array in story.lines.forEach { line in array.element { write(line, to: &$0) } } }
        if viewer.may(.shipmentsView) {
            json.array("parcels") { array in
                story.parcels.forEach { parcel in array.element { write(parcel, to: &$0) } }
            }
        }
        if viewer.may(.casesView) { writeCases(to: &json) }
        json.array("earnings") { array in
            story.earnings.forEach { earning in array.element { write(earning, to: &$0) } }
        }
        json.array("facts") { array in story.facts.forEach { fact in array.element { write(fact, to: &$0) } } }
    }

    private func writeMoney(to json: inout JSONWriter) {
        let order = story.order
        json.field("currency", order.currency)
        json.field("goodsTotal", order.goodsTotal)
        json.field("freight", order.freight)
        json.field("tax", order.tax)
        json.field("fees", order.fees)
        json.field("total", order.total)
        json.field("receivable", order.receivable)
        json.field("paid", order.paid)
        json.field("missing", order.missing)
        json.field("refunded", order.refunded)
    }

    private func write(_ line: StoryLine, to json: inout JSONWriter) {
        json.field("lineId", line.lineID)
        json.field("sku", line.sku)
        json.field("name", line.name)
        json.field("quantity", line.quantity)
        json.field("unitPrice", line.unitPrice)
        json.field("discount", line.discount)
        json.field("paid", line.paid)
        json.field("freightShare", line.freightShare)
        json.field("gift", line.isGift)
        json.field("refundedQuantity", line.refundedQuantity)
        json.field("refundedAmount", line.refundedAmount)
    }

    private func write(_ parcel: StoryParcel, to json: inout JSONWriter) {
        json.field("shipmentId", parcel.shipmentID)
        json.field("direction", parcel.direction)
        json.field("warehouse", parcel.warehouse)
        json.field("carrier", parcel.carrier)
        json.field("waybill", parcel.waybill)
        json.field("state", parcel.state)
        json.field("plannedAt", parcel.plannedAt)
        json.field("dispatchedAt", parcel.dispatchedAt)
        json.field("promisedBy", parcel.promisedBy)
        json.field("deliveredAt", parcel.deliveredAt)
        json.field("trackingStatus", parcel.trackingStatus)
        json.field("trackedAt", parcel.trackedAt)
        json.field("exception", parcel.exception)
    }

    private func writeCases(to json: inout JSONWriter) {
        json.array("cases") { array in
            for found in story.cases {
                array.element { json in
                    json.field("caseId", found.caseID)
                    json.field("kind", found.kind)
                    json.field("reason", found.reason)
                    json.field("state", found.state)
                    json.field("amount", found.amount)
                    json.field("refunded", found.refunded)
                    json.field("openedAt", found.openedAt)
                    json.field("dueAt", found.deadline?.due)
                    json.field("pausedRestMilliseconds", found.deadline?.rest)
                    json.field("endedAt", found.endedAt)
                }
            }
        }
        json.array("refunds") { array in
            for refund in story.refunds {
                array.element { json in
                    json.field("refundId", refund.refundID)
                    json.field("caseId", refund.caseID)
                    json.field("amount", refund.amount)
                    json.field("state", refund.state)
                    json.field("failure", refund.failure)
                }
            }
        }
    }

    private func write(_ earning: StoryEarning, to json: inout JSONWriter) {
        json.field("memberId", earning.memberID)
        json.field("accrued", earning.accrued)
        json.field("frozen", earning.frozen)
        json.field("matured", earning.matured)
        json.field("reversed", earning.reversedFrozen + earning.reversedMatured)
        json.field("held", earning.isHeld)
    }

    private func write(_ fact: StoryFact, to json: inout JSONWriter) {
        json.field("topic", fact.topic)
        json.field("partition", Int64(fact.partition))
        json.field("offset", fact.offset)
        json.field("type", fact.type)
        json.field("version", fact.version)
        json.field("at", fact.at)
        json.field("traceId", fact.traceID)
        json.field("body", json: fact.body.map { Array($0.utf8) })
    }
}
