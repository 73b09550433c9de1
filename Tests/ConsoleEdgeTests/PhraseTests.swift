import ConsoleDomain
import Foundation
import Testing

@testable import ConsoleEdge

/// Both languages say the same things, and nothing is said that nobody hears.
@Suite("Phrases")
struct PhraseTests {
    private static let edge = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Services/Console/Edge")

    private static func files(_ ending: String) throws -> [(name: String, text: String)] {
        let names = FileManager.default.enumerator(atPath: edge.path)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(ending) }.sorted().map {
            ($0, try String(contentsOf: edge.appending(path: $0), encoding: .utf8))
        }
    }

    private static func phrases() throws -> [String: Phrases.Phrase] {
        try Phrases(files(".json").map { Array($0.text.utf8) }).byKey
    }

    @Test func everySectionBringsItsFile() throws {
        let brought = try Phrases(SiteSections.all.flatMap(\.phrases)).byKey.keys.sorted()
        #expect(try Self.phrases().keys.sorted() == brought)
        #expect(brought.count > 200)
    }

    @Test func everyPhraseSaysSomethingInBothLanguages() throws {
        for (key, phrase) in try Self.phrases() {
            #expect(!phrase.zh.trimmed.isEmpty && !phrase.en.trimmed.isEmpty, "\(key)")
            #expect(phrase.zh.contains { !$0.isASCII } || phrase.zh == phrase.en, "\(key) is not Chinese: \(phrase.zh)")
            #expect(!phrase.en.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }, "\(key): \(phrase.en)")
            #expect(Self.places(phrase.zh) == Self.places(phrase.en), "\(key): other places for values")
        }
    }

    private static func places(_ text: String) -> [String] {
        text.matches(of: /\{([a-z-]+)\}/).map { String($0.1) }.sorted()
    }

    @Test func everyKeyThatIsUsedHasAPhrase() throws {
        let phrases = try Self.phrases()
        for (name, text) in try Self.files(".swift") {
            for match in text.matches(of: /\bsay\(\s*"([^"\\]+)"/) {
                #expect(phrases[String(match.1)] != nil, "\(name): \(match.1)")
            }
            for match in text.matches(of: /\bsay: "([^"\\]+)"/) {
                #expect(phrases[String(match.1)] != nil, "\(name): \(match.1)")
            }
            for match in text.matches(of: /complain\([^,]+, "([^"\\]+)"\)/) {
                #expect(phrases[String(match.1)] != nil, "\(name): \(match.1)")
            }
        }
        for item in SiteSections.all.flatMap(\.navigation) {
            for key in [item.group, item.phrase] { #expect(phrases[key] != nil, "navigation: \(key)") }
            if item.path != "/" { #expect(phrases["\(item.phrase).about"] != nil, "card: \(item.phrase).about") }
        }
        for problem in SiteProblem.allCases {
            #expect(phrases["problem.\(problem.code).title"] != nil && phrases["problem.\(problem.code).advice"] != nil)
        }
        for permission in Permission.allCases { #expect(phrases["permission.\(permission.rawValue)"] != nil) }
        for role in ReadyRole.allCases { #expect(phrases["role.\(role.rawValue)"] != nil) }
        for kind in DataScope.Kind.allCases { #expect(phrases["scope.\(kind.rawValue)"] != nil) }
    }

    /// A key that is put together counts by its literal beginning; the glossary stands whether a page needs it or not.
    @Test func everyPhraseIsUsed() throws {
        let swift = try (Self.files(".swift") + Self.domain()).map(\.text).joined()
        let quoted = Set(swift.split(separator: "\""))
        let templates = try Self.files(".mustache").flatMap { $0.text.split(separator: "[[") }
        let shown = Set(templates.compactMap { $0.split(separator: "]]").first })
        let beginnings = swift.matches(of: /"([a-z][a-z0-9-]*\.(?:[a-z0-9.-]*[.-])?)\\\(/).map { String($0.1) }
        for key in try Self.phrases().keys where !key.hasPrefix("term.") && !key.hasSuffix(".about") {
            let isUsed =
                quoted.contains(key[...]) || shown.contains(key[...]) || beginnings.contains { key.hasPrefix($0) }
            #expect(isUsed, "\(key)")
        }
    }

    /// Reasons of faults are keys too.
    private static func domain() throws -> [(name: String, text: String)] {
        let folder = edge.deletingLastPathComponent().appending(path: "Domain")
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(".swift") }.map {
            ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
        }
    }

    /// - Source: issue "Console": the glossary that screens, exports and README share.
    @Test func glossaryHasItsTerms() throws {
        let said = Set(try Self.phrases().filter { $0.key.hasPrefix("term.") }.map(\.value.zh))
        let wanted = [
            "待付款", "已付款", "部分发货", "已发货", "已签收", "已完成", "已取消", "交易关闭", "仅退款", "退货退款", "换货", "补发",
            "补差价", "待结算(冻结)", "已解冻", "可提现", "已冲回", "欠款待抵扣", "可售", "在库", "占用", "在途", "渠道配额", "安全库存",
            "运单号", "电子面单", "拣货单", "发货单", "波次",
        ]
        #expect(wanted.filter { !said.contains($0) } == [])
    }

    /// Whatever is not escaped has been made by a program of ours.
    @Test func templatesEscapeEverythingButMarkup() throws {
        for (name, text) in try Self.files(".mustache") {
            for match in text.matches(of: /\{\{(?:\{|&)\s*([^}\s]+)/) {
                #expect(match.1.hasSuffix("-markup"), "\(name): \(match.1)")
            }
        }
    }

    /// The content policy would not run them.
    @Test func templatesHoldNoScriptAndNoStyle() throws {
        for (name, text) in try Self.files(".mustache") {
            let inline = text.firstMatch(of: /\s(?:on[a-z]+|style)=|<style|<script(?![^>]*\ssrc=)/)
            #expect(inline == nil, "\(name): \(inline?.0 ?? "")")
        }
    }

    /// Every form that changes something brings its token, every field its label.
    @Test func everyFormHasItsTokenAndEveryFieldItsLabel() throws {
        for (name, text) in try Self.files(".mustache") {
            for form in text.matches(of: /(?s)<form[^>]*method="post".*?<\/form>/) {
                #expect(form.0.contains("{{> csrf}}"), "\(name): a form without its token")
            }
            for field in text.matches(of: /<(?:input|select|textarea)\b([^>]*)/) {
                let tag = String(field.1)
                if tag.contains("type=\"hidden\"") || tag.contains("type=\"checkbox\"")
                    || tag.contains("type=\"radio\"")
                {
                    continue
                }
                guard let id = tag.firstMatch(of: /\bid="([^"]+)"/).map({ String($0.1) }) else {
                    #expect(tag.contains("aria-label"), "\(name): a field without a label: \(tag)")
                    continue
                }
                #expect(text.contains("for=\"\(id)\""), "\(name): no label for \(id)")
            }
        }
    }
}
