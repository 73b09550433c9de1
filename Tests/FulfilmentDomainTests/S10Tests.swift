import Testing

@testable import FulfilmentDomain

@Suite("S10 identifiers")
struct S10Tests {
    /// Numbers widely printed as examples, and typing errors of them.
    @Test(arguments: [
        ("RB123456785GB", true), ("EE123456785CN", true), ("RR473124829AA", true), ("RB123456789GB", false),
        ("RB123456795GB", false), ("RB12345678GB", false), ("rb123456785gb", false), ("RB1234567850GB", false),
        ("RB1234A6785GB", false), ("", false), ("R\u{00C9}23456785GB", false),
    ])
    func identifiersAreToldFromTypingErrors(text: String, isRight: Bool) {
        #expect(S10.isValid(text) == isRight)
    }

    /// 11 − 1 = 10 gives 0, 11 − 0 = 11 gives 5.
    @Test(arguments: [(12_345_678, 5), (47_312_482, 9), (0, 5), (1000, 8), (1, 4), (3, 1), (8, 0)])
    func theCheckDigitIsThatOfTheStandard(serial: Int, digit: Int) {
        #expect(S10.checkDigit(ofSerial: serial) == digit)
    }

    /// Not so of numbers with digit 5: it stands for two remainders.
    @Test func aChangedDigitIsNoticed() {
        let right = Array("RR473124829AA")
        for place in 2..<11 {
            for digit in "0123456789" where digit != right[place] {
                var wrong = right
                wrong[place] = digit
                #expect(!S10.isValid(String(wrong)))
            }
        }
    }

    @Test func anIdentifierIsValidWithItsOwnDigit() {
        for serial in stride(from: 0, through: 99_999_999, by: 9_999_991) {
            #expect(S10.isValid(S10.identifier(service: "EA", serial: serial, country: "CN")))
        }
    }
}
