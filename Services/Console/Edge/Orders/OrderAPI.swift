import ConsoleDomain
import Contracts
import HTTPTypes

/// Orders for programs, with the filters and the scope of the pages.
enum OrderAPI {
    static let routes: [Route] = [
        .get("/api/orders", .may(.ordersView), list), .get("/api/orders/{id}", .may(.ordersView), tell),
    ]

    private static func list(_ visit: Visit) async throws -> Answer {
        let asked = ReadOrderFilter(visit.query)
        if let complaint = asked.complaints.sorted(by: { $0.key < $1.key }).first {
            return refusal(complaint.key, visit.say(complaint.value), visit)
        }
        let found = try await FoundOrders.find(asked, visit, counts: false)
        let next = found.part.hasNext ? found.part.rows.last : nil
        let sort = asked.filter.sort
        return .json(
            JSONWriter.object { json in
                json.field("count", min(found.count, OrderListRows.mostCounted))
                json.field("countIsExact", found.count <= OrderListRows.mostCounted)
                json.field("recognisedAs", found.term?.word)
                json.array("orders") { array in
                    for row in found.part.rows {
                        array.element { write(row, found.lines[row.orderID] ?? [], to: &$0) }
                    }
                }
                json.field(
                    "next",
                    next.map { OrderAddress.list(asked.filter, at: $0.cursor(sort, isBackwards: false), "/api/orders") }
                )
            })
    }

    /// - Source: RFC 9457.
    private static func refusal(_ field: String, _ detail: String, _ visit: Visit) -> Answer {
        let body = JSONWriter.object { json in
            json.field("type", "about:blank")
            json.field("title", visit.say("problem.bad-request.title"))
            json.field("status", Int64(400))
            json.field("detail", detail)
            json.field("field", field)
        }
        return Answer(kind: .bytes(.badRequest, type: "application/problem+json", body))
    }

    private static func write(_ row: OrderListRow, _ lines: [OrderListLine], to json: inout JSONWriter) {
        json.field("orderId", row.orderID)
        json.field("externalOrderId", row.externalOrderID)
        json.field("channel", row.channel)
        json.field("placedAt", row.placedAt)
        json.field("state", row.state)
        json.field("stockStatus", row.stock)
        json.field("refundStatus", row.refund)
        json.array("holds") { array in row.holds.forEach { array.element($0) } }
        json.field("flag", row.flag)
        json.field("province", row.province)
        json.field("city", row.city)
        json.field("currency", row.currency)
        json.field("total", row.total)
        json.field("paid", row.paid)
        json.field("refunded", row.refunded)
        json.field("memberId", row.seller)
        json.array("warehouses") { array in row.warehouses.forEach { array.element($0) } }
        json.field("parcels", row.parcels)
        json.field("hasOpenCase", row.hasOpenCase)
        json.array("lines") { array in
            for line in lines {
                array.element { json in
                    json.field("sku", line.sku)
                    json.field("name", line.name)
                    json.field("quantity", line.quantity)
                }
            }
        }
    }

    private static func tell(_ visit: Visit) async throws -> Answer {
        let story = try await OrderStory.find(visit)
        return .json(JSONWriter.object { OrderStoryJSON(story: story, viewer: visit.viewer).write(to: &$0) })
    }
}
