import Contracts
import IntakeDomain
import Support

/// What reading a platform's payload costs, from its bytes to the normal order.
///
/// Prints one object a line: `{"adapter", "bytes", "microsecondsPerKilobyte"}`; processor time, median of 9 rounds.
struct AdapterBench {
    static func run() throws {
        for (type, payload) in NativeSamples.all {
            guard let native = NativeOrder(rawValue: type) else { continue }
            let bytes = Array(compact(payload).utf8)
            var rounds: [Double] = []
            for round in 0..<10 {
                let cost = try microseconds(native, bytes, times: 2000)
                // The first round warms up.
                if round > 0 { rounds.append(cost) }
            }
            let median = rounds.sorted()[rounds.count / 2]
            let perKilobyte = (median * 1024 / Double(bytes.count) * 100).rounded() / 100
            print("{\"adapter\":\"\(type)\",\"bytes\":\(bytes.count),\"microsecondsPerKilobyte\":\(perKilobyte)}")
        }
    }

    private static func microseconds(_ native: NativeOrder, _ bytes: [UInt8], times: Int) throws -> Double {
        let start = Main.cpuMicroseconds()
        var total: Int64 = 0
        for _ in 0..<times {
            total &+= try native.read(JSONDocument.object(bytes), channel: "shop").order.total
        }
        precondition(total > 0, "nothing was read")
        return Double(Main.cpuMicroseconds() - start) / Double(times)
    }

    /// As platforms send it: on one line, without the spaces that the samples are laid out with.
    private static func compact(_ payload: String) -> String {
        payload.replacing("\n", with: "").replacing("\": ", with: "\":").replacing(", \"", with: ",\"")
    }
}
