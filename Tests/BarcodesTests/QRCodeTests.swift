import Barcodes
import Foundation
import Testing

@Suite("QR codes")
struct QRCodeTests {
    /// The text that a program of others reads out of the picture.
    private func read(_ code: QRCode) throws -> String {
        // Eight pixels for each module, white around.
        let scale = 8
        var image = "P1\n\(code.side * scale) \(code.side * scale)\n"
        for y in 0..<code.side * scale {
            let row = y / scale - QRCode.quietZone
            for x in 0..<code.side * scale {
                let column = x / scale - QRCode.quietZone
                let isInside = (0..<code.width).contains(row) && (0..<code.width).contains(column)
                image += isInside && code.isDark(row: row, column: column) ? "1" : "0"
            }
            image += "\n"
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pbm")
        try image.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }  // A left-over harms nobody.
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/zbarimg")
        process.arguments = ["--quiet", "--raw", file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    @Test(arguments: [
        "1", "otpauth://totp/Tributary%3Aanna?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tributary", "分销商城",
        String(repeating: "x", count: 500),
    ])
    func otherProgramsReadTheText(text: String) throws {
        #expect(try read(#require(QRCode(text))) == text)
    }

    @Test func textThatNoSquareHoldsIsRefused() {
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "x", count: 2331)) != nil)
        #expect(QRCode(String(repeating: "x", count: 2332)) == nil)
    }

    /// Every dark module is in the path once, and no light one.
    @Test func pathCoversTheDarkModules() throws {
        let code = try #require(QRCode("otpauth://totp/anna"))
        var drawn: Set<[Int]> = []
        for run in code.path.matches(of: /M(\d+) (\d+)h(\d+)v1H(\d+)z/) {
            let (start, row) = (Int(run.1) ?? 0, Int(run.2) ?? 0)
            #expect(run.4 == run.1)
            for column in start..<start + (Int(run.3) ?? 0) {
                #expect(drawn.insert([row - QRCode.quietZone, column - QRCode.quietZone]).inserted)
            }
        }
        for row in 0..<code.width {
            for column in 0..<code.width {
                #expect(drawn.contains([row, column]) == code.isDark(row: row, column: column))
            }
        }
    }
}
