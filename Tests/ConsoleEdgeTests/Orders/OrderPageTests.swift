import ConsoleDomain
import Contracts
import HTTPTypes
import Support
import Testing

@testable import ConsoleEdge

@Suite("Order page")
struct OrderPageTests {
    private static let path = "/orders/\(OrderID.sample)"

    private static func tellLife(_ rig: SiteRig) throws {
        try rig.tell([
            OrderSamples.placed, OrderSamples.paid, OrderSamples.reserved, OrderSamples.confirmed,
            ShipmentDispatched.sample(lines: [.sample(quantity: 2)], version: 3),
            OrderSamples.scan(.outForDelivery, hours: 20, version: 5),
            OrderSamples.scan(.pickedUp, hours: 2, version: 4),
            OrderSamples.accrued, CaseOpened.sample(amount: 5000),
        ])
        try rig.item("SKU-1", "真丝围巾")
        try rig.channel("wechat-mini", "微信小程序")
    }

    @Test func wholeStoryIsTold() async throws {
        try await SiteRig.with { rig in
            try Self.tellLife(rig)
            let browser = try await rig.signIn(.owner)
            let page = try await browser.get(Self.path)
            #expect(page.status == .ok)
            let told = [
                // Money, line by line and as sums that agree.
                "真丝围巾", "微信小程序", "¥129.00", "-¥10.00", "-¥5.00", "¥243.00", "¥308.00", "¥301.00", "¥293.00",
                // Whose it is and why, and who had no luck.
                "the newest link won", "the code was older", "M8", "Above: M1",
                // Where the goods come from and why.
                "one parcel is cheapest", "shenzhen costs 1,400", "hangzhou",
                // What the carrier said.
                "SF1034567890123", "杭州 20", "Out for delivery", "C2",
                // Who earns what, to the cent.
                "24,300 × 10 % = 2430", "¥24.30", "¥12.15", "¥36.44", "¥0.01", "¥72.90", "2026 v3",
                // Facts with their place.
                "intake.orders.v1/3/0", "commission.entries.v1/3/7", "<code>OrderPaid</code>",
                "/cases/\(OrderID.sample)-A1",
            ]
            for text in told { #expect(page.text.contains(text), "\(text)") }
            #expect(!page.text.contains("alert-warning"))
            let late = try #require(page.text.ranges(of: "C20</span>").first)
            let early = try #require(page.text.ranges(of: "C2</span>").first)
            #expect(late.lowerBound < early.lowerBound)
        }
    }

    @Test func sumsThatDifferAreSaid() async throws {
        try await SiteRig.with { rig in
            try rig.tell([OrderSamples.placed])
            try rig.run("DELETE FROM order_lines WHERE line_id = '2'")
            let browser = try await rig.signIn(.owner)
            #expect(try await browser.get(Self.path).text.contains("The lines and the sums differ"))
        }
    }

    @Test(
        arguments: [
            (ReadyRole.owner, true, true, true), (.warehouse, false, true, true), (.support, false, true, true),
            (.finance, true, false, true), (.channelManager, false, true, true),
        ])
    func partsAreForThoseWhoMaySeeThem(role: ReadyRole, commission: Bool, parcels: Bool, cases: Bool) async throws {
        try await SiteRig.with { rig in
            try Self.tellLife(rig)
            let browser = try await rig.signIn(role)
            let page = try await browser.get(Self.path)
            #expect(page.text.contains("id=\"commission\"") == commission)
            #expect(page.text.contains("commission.entries.v1") == commission)
            #expect(page.text.contains("24,300 ×") == commission)
            #expect(page.text.contains("id=\"parcels\"") == parcels)
            #expect(page.text.contains("fulfilment.shipments.v1") == parcels)
            #expect(page.text.contains("id=\"cases\"") == cases)
        }
    }

    @Test func memberSeesItsOwnPartAndNobodyElses() async throws {
        try await SiteRig.with { rig in
            try Self.tellLife(rig)
            let browser = try await rig.signIn(.distributor, scope: .own("M3"))
            let page = try await browser.get(Self.path)
            // A form's token is made up of any letters.
            let text = page.text.replacing(/name="csrf" value="[^"]*"/, with: "")
            #expect(text.contains("¥24.30"))
            for hidden in [
                "¥12.15", "¥36.44", "M8", "M1<", "id=\"timeline\"", "wechat-mini/u-77", "the code was older",
            ] {
                #expect(!text.contains(hidden), "\(hidden)")
            }
        }
    }

    @Test func buttonsAreForWhatStateAndRoleAllow() async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("NEW", state: "placed"))
            try rig.tell(OrderSamples.order("GONE", state: "shipped"))
            let owner = try await rig.signIn(.owner)
            let new = "/orders/\(OrderID.sample("NEW"))"
            let gone = "/orders/\(OrderID.sample("GONE"))"
            func actions(_ browser: Browser, _ path: String) async throws -> [OrderAction] {
                let text = try await browser.get(path).text
                return OrderAction.allCases.filter { text.contains("href=\"\(path)/\($0.rawValue)\"") }
            }
            #expect(try await actions(owner, new) == [.hold, .cancel, .note, .flag, .changePrice, .reassign])
            #expect(try await actions(owner, gone) == [.note, .flag, .confirmReceipt, .extendReceipt, .reassign])
            let warehouse = try await rig.signIn(.warehouse)
            #expect(try await actions(warehouse, new) == [])
            let support = try await rig.signIn(.support)
            #expect(try await actions(support, new) == [.hold, .cancel, .note, .flag, .changePrice])
        }
    }

    @Test func openCaseAndHoldAreSaidInWords() async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("X", state: "held"))
            try rig.tell([CaseOpened.sample(orderID: .sample("X"))])
            let browser = try await rig.signIn(.owner)
            for path in ["/orders", "/orders/\(OrderID.sample("X"))"] {
                let page = try await browser.get(path)
                #expect(page.text.contains("Held: by hand") && page.text.contains("Case open"), "\(path)")
            }
        }
    }

    @Test func recipientIsNotKeptHereAndTheRightRoleIsTold() async throws {
        try await SiteRig.with { rig in
            try Self.tellLife(rig)
            for (role, isTold) in [(ReadyRole.support, true), (.finance, false)] {
                let browser = try await rig.signIn(role)
                #expect(try await browser.get(Self.path).text.contains("id=\"personal\"") == isTold)
            }
        }
    }

    @Test func warehouseReadsOfItsOwnParcelsOnly() async throws {
        try await SiteRig.with { rig in
            try rig.tell([
                OrderSamples.placed, OrderSamples.confirmed, ShipmentDispatched.sample(waybill: "SFOWN", version: 1),
                ShipmentDispatched.sample(shipment: 2, warehouse: "shenzhen", waybill: "SFOTHER", version: 2),
            ])
            let warehouse = try await rig.signIn(.warehouse, scope: .warehouses(["hangzhou"]))
            let own = try await warehouse.get(Self.path).text
            #expect(own.contains("SFOWN") && !own.contains("SFOTHER"))
            let all = try await rig.signIn(.warehouse).get(Self.path).text
            #expect(all.contains("SFOWN") && all.contains("SFOTHER"))
        }
    }

    /// An order of another topic alone is not one yet.
    @Test func halfKnownOrdersAreNotShown() async throws {
        try await SiteRig.with { rig in
            try rig.tell([OrderSamples.reserved])
            let browser = try await rig.signIn(.owner)
            #expect(try await browser.get(Self.path).status == .notFound)
            #expect(try await browser.get("/orders").orders == [])
        }
    }
}
