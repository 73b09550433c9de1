extension CatalogChannel {
    /// Which orders of a channel must be looked at before they leave; an absent value is no rule.
    ///
    /// - Errors: `Fault` when only one of the two values of the velocity is there.
    public struct HoldRules: JSONCoded, Equatable {
        /// Orders above this cost are held, in minor units of their currency.
        public let amountAbove: Int64?
        /// Orders to be sent whose receiver, phone or street is missing are held.
        public let incompleteAddress: Bool
        /// The order of a buyer that is the n-th and all after it within `velocityMinutes` are held.
        public let velocityOrders: Int64?
        public let velocityMinutes: Int64?

        public init(
            amountAbove: Int64? = nil, incompleteAddress: Bool = false, velocityOrders: Int64? = nil,
            velocityMinutes: Int64? = nil
        ) {
            self.amountAbove = amountAbove
            self.incompleteAddress = incompleteAddress
            self.velocityOrders = velocityOrders
            self.velocityMinutes = velocityMinutes
        }

        public init(_ json: JSONObject) throws(Fault) {
            amountAbove = try json.amountIfPresent("amountAbove")
            incompleteAddress = try json.bool("incompleteAddress", default: false)
            velocityOrders = try json.integerIfPresent("velocityOrders", within: 2...50)
            velocityMinutes = try json.integerIfPresent("velocityMinutes", within: 1...44_640)
            guard (velocityOrders == nil) == (velocityMinutes == nil) else {
                throw json.fault("needs velocityOrders and velocityMinutes", field: "velocityOrders")
            }
        }

        public func write(to json: inout JSONWriter) {
            json.field("amountAbove", amountAbove)
            json.field("incompleteAddress", incompleteAddress)
            json.field("velocityOrders", velocityOrders)
            json.field("velocityMinutes", velocityMinutes)
        }
    }
}
