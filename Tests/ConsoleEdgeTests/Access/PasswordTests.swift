import Foundation
import Testing

@testable import ConsoleEdge

@Suite("Passwords as they are kept")
struct PasswordTests {
    /// The first 32 bytes, which are the same however many are asked for.
    ///
    /// - Source: RFC 7914, section 12.
    @Test func hashIsThatOfTheStandard() throws {
        let salt = Data("SodiumChloride".utf8).base64EncodedString()
        let hash = Data([
            0x70, 0x23, 0xbd, 0xcb, 0x3a, 0xfd, 0x73, 0x48, 0x46, 0x1c, 0x06, 0xcd, 0x81, 0xfd, 0x38, 0xeb, 0xfd, 0xa8,
            0xfb, 0xba, 0x90, 0x4f, 0x8e, 0x3e, 0xa9, 0xb5, 0x43, 0xf6, 0x54, 0x5d, 0xa1, 0xf2,
        ]).base64EncodedString()
        let kept = try #require(PasswordHash(text: "scrypt$14$8$1$\(salt)$\(hash)"))
        #expect(try kept.matches("pleaseletmein"))
        #expect(try !kept.matches("pleaseletmeIn"))
    }

    @Test func textHoldsAllThatIsNeeded() throws {
        let made = try PasswordHash(of: "correct horse", cost: 10)
        let read = try #require(PasswordHash(text: made.text))
        #expect(read == made)
        #expect(try read.matches("correct horse"))
        #expect(try !read.matches("correct horse "))
        #expect(!made.text.contains("horse"))
    }

    @Test func samePasswordTwiceIsKeptDifferently() throws {
        #expect(
            try PasswordHash(of: "correct horse", cost: 10).text != PasswordHash(of: "correct horse", cost: 10).text)
    }

    @Test func composedAndDecomposedLettersAreTheSame() throws {
        #expect(try PasswordHash(of: "caf\u{e9} au lait", cost: 10).matches("cafe\u{301} au lait"))
    }

    @Test(arguments: [
        "", "scrypt", "plain$text", "scrypt$9$8$1$AAAA$AAAA", "scrypt$40$8$1$AAAA$AAAA", "scrypt$15$8$1$%$AAAA",
        "scrypt$15$8$1$AAAA$AAAA", "scrypt$15$0$1$AAAA$AAAA",
    ])
    func anythingElseIsNoHash(text: String) { #expect(PasswordHash(text: text) == nil) }

    @Test func nobodyMatchesNothing() async throws {
        let desk = PasswordDesk(cost: 10)
        defer { desk.close() }
        let kept = try await desk.hash("correct horse")
        #expect(try await desk.matches("correct horse", kept))
        #expect(try await !desk.matches("correct horse", nil))
        #expect(try await !desk.matches("correct horse", "garbage"))
    }
}
