import ConsoleDomain
import Contracts
import Testing

@Suite("Who may give what to whom")
struct GrantingTests {
    private func viewer(_ role: ReadyRole, _ scope: DataScope = .all) -> Viewer {
        Viewer(userID: 1, name: "x", displayName: "x", permissions: role.role.permissions, scope: scope)
    }

    private func fault(_ roles: [ReadyRole], _ scope: DataScope, by giver: Viewer?) -> Fault? {
        do throws(Fault) {
            try Granting.check(roles: roles.map(\.role), scope: scope, by: giver)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ReadyRole.allCases)
    func ownerGivesEveryReadyRole(role: ReadyRole) {
        let scope: DataScope = role == .distributor ? .downline("M1") : .all
        #expect(fault([role], scope, by: viewer(.owner)) == nil)
        #expect(fault([role], scope, by: nil) == nil)
    }

    @Test func nobodyGivesMoreThanTheyHave() {
        #expect(fault([.owner], .all, by: viewer(.support))?.reason == "users.fault.more-than-own")
        #expect(
            fault([.support], .all, by: viewer(.support, .channels(["a"])))?.reason == "users.fault.scope-beyond-own")
        #expect(fault([.support], .channels(["a"]), by: viewer(.support, .channels(["a", "b"]))) == nil)
    }

    @Test func rolesAndScopesFitEachOther() {
        #expect(fault([], .all, by: nil)?.field == "roles")
        #expect(fault([.distributor], .all, by: nil)?.reason == "users.fault.member-needed")
        #expect(fault([.owner], .channels(["a"]), by: nil)?.reason == "users.fault.manager-sees-all")
    }

    @Test func auditorOnlySees() {
        for permission in ReadyRole.auditor.role.permissions {
            #expect([".view", ".export"].contains { permission.rawValue.hasSuffix($0) }, "\(permission)")
        }
        #expect(!ReadyRole.auditor.role.permissions.contains(.personalView))
    }

    @Test func nobodyIsNothing() {
        #expect(Permission.allCases.allSatisfy { !Viewer.nobody.may($0) })
        #expect(!Viewer.nobody.isSignedIn)
        #expect(Viewer.nobody.scope == .channels([]))
    }

    @Test func membersDoNotSeeWhoBought() {
        let role = Set<Permission>([.personalView])
        for (scope, sees) in [
            (DataScope.all, true), (.channels(["a"]), true), (.downline("M"), false), (.own("M"), false),
        ] {
            let viewer = Viewer(userID: 1, name: "x", displayName: "x", permissions: role, scope: scope)
            #expect(viewer.seesPersonalData == sees)
        }
        #expect(!viewer(.auditor).seesPersonalData)
    }

    @Test(arguments: [
        (DataScope.Kind.all, [String](), true), (.all, ["a"], false), (.channels, [], false),
        (.channels, ["a", "b"], true),
        (.channels, ["a,b"], false), (.channels, ["a b"], false),
        (.warehouses, Array(repeating: "w", count: 51), false),
        (.own, ["M1"], true), (.own, ["M1", "M2"], false), (.downline, [""], false), (.own, ["中"], false),
    ])
    func scopeHoldsTheValuesOfItsKind(kind: DataScope.Kind, values: [String], fits: Bool) {
        #expect((DataScope(kind, values) != nil) == fits)
    }

    @Test(arguments: [("clerk", true), ("a-1", true), ("1a", false), ("", false), ("A", false), ("a_b", false)])
    func codeOfARoleIsAWord(code: String, isOne: Bool) { #expect(Role.isCode(code) == isOne) }
}

@Suite("New passwords")
struct PasswordRuleTests {
    @Test(arguments: [
        ("short 9 c", String?.some("password.fault.short")), ("ten chars!", nil), ("十个汉字的密码也可以呀", nil),
        ("1234567890", "password.fault.known"), ("Password123", "password.fault.known"),
        ("abcdefghijk", "password.fault.known"), ("zyxwvutsrq", "password.fault.known"),
        ("aaaaaaaaaaaa", "password.fault.known"), ("ababababab", "password.fault.known"),
        ("I am Anna Li", "password.fault.name"), (String(repeating: "long ", count: 41), "password.fault.long"),
    ])
    func weakOneIsRefused(password: String, complaint: String?) {
        #expect(PasswordRule.complaint(about: password, user: "anna") == complaint)
    }
}

@Suite("How often one may guess")
struct LockoutTests {
    private let now = Instant(milliseconds: 1_000_000)

    @Test(arguments: [
        (4, Int64?.none), (5, 60), (6, 120), (7, 240), (10, 1920), (11, 3600), (12, 3600), (1_000_000, 3600),
    ])
    func doorShutsForTwiceAsLongEachTime(failures: Int, seconds: Int64?) {
        #expect(Lockout.ofUser.end(after: failures, at: now) == seconds.map { now + .seconds($0) })
    }
}

@Suite("One-time codes")
struct OneTimeCodeTests {
    /// - Source: RFC 4226, section 5.4 and appendix D.
    @Test func codeIsTakenOutOfTheHash() {
        let mac: [UInt8] = [
            0x1f, 0x86, 0x98, 0x69, 0x0e, 0x02, 0xca, 0x16, 0x61, 0x85, 0x50, 0xef, 0x7f, 0x19, 0xda, 0x8e, 0x94, 0x5b,
            0x55, 0x5a,
        ]
        #expect(OneTimeCode.code(mac) == "872921")
        #expect(OneTimeCode.counter(0x0102_0304_0506_0708) == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test(arguments: [
        ("9", Int64?.none, Int64?.some(9)), ("10", nil, 10), ("11", nil, 11), ("8", nil, nil), ("12", nil, nil),
        ("9", 9, nil), ("10", 9, 10),
        ("10", 10, nil), ("", nil, nil),
    ])
    func codeOfNowOrItsNeighbourCountsOnce(code: String, last: Int64?, step: Int64?) {
        let now = Instant(milliseconds: 10 * 30_000 + 29_999)
        #expect(OneTimeCode.step(of: code, at: now, after: last) { "\($0)" } == step)
    }

    /// - Source: RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI"),
    ])
    func secretIsWrittenInBase32(text: String, base32: String) { #expect(Base32.text(Array(text.utf8)) == base32) }
}
