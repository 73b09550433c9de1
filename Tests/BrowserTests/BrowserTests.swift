import Foundation
import Support
import Testing

/// The console as people use it: Debian's Chromium in front of a whole house with a short demo.
@Suite("The console in a browser")
struct BrowserTests {
    @Test(.timeLimit(.minutes(20)))
    func peopleDoTheirWork() throws {
        let house = try BrowserHouse()
        let result = Result { try house.takeSteps() }
        try house.stack.stop()
        let (status, said) = try result.get()
        #expect(status == 0, "\(said)\nScreens: .run/test/screens")
        #expect(said.contains("ok access.login"), "no step was taken: \(said)")
    }
}
