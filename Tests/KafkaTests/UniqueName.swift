/// A topic or group name that no other test has, on a broker that other runs use as well.
func uniqueName(_ purpose: String) -> String {
    "kafka-tests-\(purpose)-\(UInt64.random(in: 0..<UInt64.max))"
}
