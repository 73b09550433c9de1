/// Who asks, and what that one may do and see.
public struct Viewer: Sendable, Equatable {
    /// Nil for somebody who is not signed in.
    public let userID: Int64?
    /// As commands and the audit log name the user.
    public let name: String
    public let displayName: String
    public let permissions: Set<Permission>
    public let scope: DataScope
    /// A password that somebody else has set has to be changed before anything else.
    public let mustChangePassword: Bool

    public init(
        userID: Int64, name: String, displayName: String, permissions: Set<Permission>, scope: DataScope,
        mustChangePassword: Bool = false
    ) {
        self.userID = userID
        self.name = name
        self.displayName = displayName
        self.permissions = permissions
        self.scope = scope
        self.mustChangePassword = mustChangePassword
    }

    private init() {
        userID = nil
        name = ""
        displayName = ""
        permissions = []
        scope = .channels([])
        mustChangePassword = false
    }

    /// Not signed in: may do nothing, and its scope holds nothing.
    public static let nobody = Viewer()

    public var isSignedIn: Bool { userID != nil }

    public func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

    /// Whether names, phones and addresses are shown in the open.
    public var seesPersonalData: Bool { may(.personalView) && !scope.masksPersonalData }

    /// The same user with no more than these permissions, as a token has them.
    public func limited(to permissions: Set<Permission>) -> Viewer {
        Viewer(
            userID: userID ?? 0, name: name, displayName: displayName,
            permissions: self.permissions.intersection(permissions), scope: scope)
    }
}
