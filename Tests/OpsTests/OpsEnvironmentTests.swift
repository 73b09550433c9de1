import Testing

@testable import Ops

@Suite("Settings of ops")
struct OpsEnvironmentTests {
    @Test func readsLinesAndPassesOverComments() {
        #expect(OpsEnvironment.lines("# no\nA=1\nB=x=y\n\nrubbish\n") == ["A": "1", "B": "x=y"])
    }

    @Test func namesTheVariableThatIsMissing() {
        let environment = OpsEnvironment([:], runFile: "/nonexistent")
        #expect(throws: OpsFailure.self) { try environment.required("DATABASE_URL") }
    }

    @Test func namesADefectBeforeItConnects() {
        let environment = OpsEnvironment(["TOPIC_PREFIX": "no spaces"], runFile: "/nonexistent")
        #expect(throws: OpsFailure.self) { try environment.adminProperties() }
    }
}
