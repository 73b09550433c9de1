import Contracts
import Testing

@testable import ConsoleEdge

@Suite("Reading forms")
struct FormTests {
    @Test func fieldsAreDecoded() throws {
        let form = try FormFields(urlEncoded: "a=1+2&b=%E4%B8%AD&a=&c&d=x=y&&=z")
        #expect(form.all("a") == ["1 2", ""])
        #expect(form["b"] == "中")
        #expect(form["c"] == "")
        #expect(form["d"] == "x=y")
        #expect(form[""] == "z")
        #expect(form["nothing"] == nil)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%C3", "a=%00", "%00=a"])
    func brokenOneIsRefused(text: String) {
        #expect(throws: SiteProblem.badRequest) { try FormFields(urlEncoded: text) }
    }

    @Test func tooManyFieldsAreRefused() {
        let text = String(repeating: "a=1&", count: FormFields.maximumCount + 1)
        #expect(throws: SiteProblem.badRequest) { try FormFields(urlEncoded: text) }
    }

    @Test(arguments: [
        ("1234.5", Int64?.some(123_450)), ("1,234.50", 123_450), ("¥0.01", 1), ("-3", -300), ("0", 0), ("1.234", nil),
        ("", nil), ("abc", nil), ("-", nil), ("1.2.3", nil), ("1e3", nil), ("99999999999999", nil), ("--1", nil),
        ("+1", nil), ("1.-5", nil),
    ])
    func amountIsReadToTheCent(text: String, amount: Int64?) throws {
        var reader = FormReader(try FormFields(urlEncoded: "a=\(PercentCoding.encoded(text))"))
        let read = reader.money("a", in: -1_000_000_000_000...1_000_000_000_000)
        #expect((reader.complaints.isEmpty ? read : nil) == amount)
    }

    @Test func allComplaintsAreSaidTogether() throws {
        var reader = FormReader(try FormFields(urlEncoded: "name=%20&count=1001&price=x&language=fr"))
        _ = reader.text("name", 1...10)
        _ = reader.integer("count", in: 1...1000)
        _ = reader.money("price", in: 0...100)
        _ = reader.word("language", Language.self, default: .zh)
        #expect(
            reader.complaints == [
                "name": "form.missing", "count": "form.out-of-range", "price": "form.no-amount",
                "language": "form.no-choice",
            ])
    }

    @Test(arguments: ["-9223372036854775808", "9223372036854775807", "-1", "6"])
    func numberOutOfRangeIsNotGivenOut(text: String) throws {
        var reader = FormReader(try FormFields(urlEncoded: "count=\(text)&price=-1"))
        #expect(reader.integer("count", in: 0...5) == 0)
        #expect(reader.money("price", in: 3...5) == 3)
        #expect(reader.complaints == ["count": "form.out-of-range", "price": "form.out-of-range"])
    }

    private static func multipart(_ text: String) throws -> FormFields {
        try MultipartForm.read(
            Array(text.replacing("\n", with: "\r\n").utf8), "multipart/form-data; boundary=\"AaB0\"")
    }

    @Test func filesAndFieldsAreToldApart() throws {
        let form = try Self.multipart(
            """
            --AaB0
            Content-Disposition: form-data; name="csrf"

            token
            --AaB0
            Content-Disposition: form-data; name="file"; filename="a;b.csv"
            Content-Type: text/csv

            sku
            S-1

            --AaB0
            Content-Disposition: form-data; name="empty"; filename=""


            --AaB0--

            """)
        #expect(form["csrf"] == "token")
        #expect(form.files["file"]?.name == "a;b.csv")
        #expect(form.files["file"].map { String(decoding: $0.bytes, as: UTF8.self) } == "sku\r\nS-1\r\n")
        #expect(form.files["empty"] == nil)
    }

    @Test(arguments: [
        "", "--AaB0", "--AaB0\nContent-Disposition: form-data; name=\"a\"\n\nx", "no mark at all",
        "--AaB0\nContent-Type: text/plain\n\nx\n--AaB0--",
        "--AaB0 x\nContent-Disposition: form-data; name=a\n\n\n--AaB0--",
        // Parts without anything in them.
        "--AaB0\n--AaB0--", "--AaB0\n--AaB0--\n", "--AaB0\n\n--AaB0--", "--AaB0\n--AaB0\n--AaB0--",
    ])
    func brokenPartsAreRefused(text: String) { #expect(throws: SiteProblem.badRequest) { try Self.multipart(text) } }
}

@Suite("Numbers and times as they are shown")
struct FormatTests {
    private let chinese = Formats(.zh, .shanghai)
    private let english = Formats(.en, .shanghai)

    @Test(arguments: [
        (Int64(123_450), "CNY", "¥1,234.50"), (0, "CNY", "¥0.00"), (-5, "CNY", "-¥0.05"), (100, "JPY", "JP¥100"),
        (1_234_567, "KWD", "KWD 1,234.567"), (.min, "CNY", "-¥92,233,720,368,547,758.08"),
    ])
    func moneyHasItsCents(amount: Int64, currency: String, text: String) {
        #expect(chinese.money(amount, currency) == text)
    }

    @Test func timesAreThoseOfTheMall() throws {
        let instant = try #require(Instant(rfc3339: "2026-11-21T16:05:09.999Z"))
        #expect(chinese.time(instant) == "2026-11-22 00:05")
        #expect(english.time(instant) == "22 Nov 2026, 00:05")
        #expect(chinese.exactTime(instant) == "2026-11-22 00:05:09")
        #expect(chinese.day(Instant(milliseconds: -1)) == "1970-01-01")
    }

    @Test(arguments: [(Int64(1250), "12.5%"), (1000, "10%"), (1234, "12.34%"), (-5, "-0.05%"), (123_400, "1,234%")])
    func percentHasNoMorePlacesThanItNeeds(basisPoints: Int64, text: String) {
        #expect(english.percent(basisPoints: basisPoints) == text)
    }
}
