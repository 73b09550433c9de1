/// What a new password has to be.
///
/// - Source: NIST SP 800-63B section 5.1.1.2: length counts, known ones are refused, nothing else is asked.
public enum PasswordRule {
    public static let minimumCharacters = 10
    /// So that hashing costs the same for everybody.
    public static let maximumBytes = 200

    /// The key of the phrase that says what is wrong; nil for a password that will do.
    public static func complaint(about password: String, user: String) -> String? {
        if password.count < minimumCharacters { return "password.fault.short" }
        if password.utf8.count > maximumBytes { return "password.fault.long" }
        let lower = password.lowercased()
        if !user.isEmpty, lower.contains(user.lowercased()) { return "password.fault.name" }
        if Set(lower).count < 4 || known.contains(lower) || isRun(lower) { return "password.fault.known" }
        return nil
    }

    /// 1234567890, abcdefghij and the same backwards.
    private static func isRun(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
        return steps == [1] || steps == [-1]
    }

    /// The most used ones that are long enough.
    private static let known: Set = [
        "1234567890", "12345678910", "0123456789", "0987654321", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc",
        "qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456", "asdfghjkl;", "zaq12wsxcde3", "password12",
        "password123", "password1234", "password12345", "passw0rd123", "p@ssw0rd123", "p@ssword123", "iloveyou123",
        "iloveyou12", "woaini1314", "woaini1314520", "5201314520", "1314520123", "a123456789", "aa123456789",
        "abc1234567", "abc123456789", "abcd123456", "abcd1234567", "admin12345", "admin123456", "administrator",
        "changeme123", "letmein123", "welcome123", "welcome1234", "football123", "baseball123", "sunshine123",
        "princess123", "superman123", "qazwsxedcrfv", "q1w2e3r4t5", "q1w2e3r4t5y6", "zxcvbnm123", "1234qwerasdf",
        "qwer123456", "qwer1234567", "asd1234567", "123456789a", "123456789q", "123qweasdzxc", "tributary123",
    ]
}
