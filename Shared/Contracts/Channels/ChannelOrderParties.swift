extension ChannelOrder {
    /// Who ordered: personal data, which never leaves intake in the clear.
    public struct Buyer: JSONCoded, Equatable {
        public let externalBuyerID: String?
        public let name: String?
        public let phone: String?

        public init(externalBuyerID: String? = nil, name: String? = nil, phone: String? = nil) {
            self.externalBuyerID = externalBuyerID
            self.name = name
            self.phone = phone
        }

        public init(_ json: JSONObject) throws(Fault) {
            externalBuyerID = try json.externalIDIfPresent("externalBuyerId")
            name = try json.textIfPresent("name")
            phone = try json.stringIfPresent("phone")
        }

        public func write(to json: inout JSONWriter) {
            json.field("externalBuyerId", externalBuyerID)
            json.field("name", name)
            json.field("phone", phone)
        }
    }
}

extension ChannelOrder {
    /// Where the goods go.
    public struct Address: JSONCoded, Equatable {
        public let name: String?
        public let phone: String?
        public let country: String
        public let province: String?
        public let city: String?
        public let district: String?
        public let street: String?
        public let postalCode: String?
        public let sealed: Sealed?

        public init(
            name: String? = nil, phone: String? = nil, country: String = "CN", province: String? = nil,
            city: String? = nil, district: String? = nil, street: String? = nil, postalCode: String? = nil,
            sealed: Sealed? = nil
        ) {
            self.name = name
            self.phone = phone
            self.country = country
            self.province = province
            self.city = city
            self.district = district
            self.street = street
            self.postalCode = postalCode
            self.sealed = sealed
        }

        public init(_ json: JSONObject) throws(Fault) {
            name = try json.textIfPresent("name")
            phone = try json.stringIfPresent("phone")
            country = try json.stringIfPresent("country") ?? "CN"
            province = try json.stringIfPresent("province")
            city = try json.stringIfPresent("city")
            district = try json.stringIfPresent("district")
            street = try json.textIfPresent("street")
            postalCode = try json.stringIfPresent("postalCode")
            sealed = try json.readIfPresent("sealed")
        }

        public func write(to json: inout JSONWriter) {
            json.field("name", name)
            json.field("phone", phone)
            json.field("country", country)
            json.field("province", province)
            json.field("city", city)
            json.field("district", district)
            json.field("street", street)
            json.field("postalCode", postalCode)
            json.field("sealed", sealed)
        }
    }
}

extension ChannelOrder {
    /// An address that only the platform can open; name, phone and street beside it are masked.
    ///
    /// - Shape: never opened here, handed to the label provider; equal `addressID`s are the same address.
    public struct Sealed: JSONCoded, Equatable {
        public let scheme: String
        public let token: String
        public let addressID: String?
        public let expiresAt: Instant?

        public init(scheme: String, token: String, addressID: String? = nil, expiresAt: Instant? = nil) {
            self.scheme = scheme
            self.token = token
            self.addressID = addressID
            self.expiresAt = expiresAt
        }

        public init(_ json: JSONObject) throws(Fault) {
            scheme = try json.string("scheme")
            token = try json.string("token", atMost: 2000)
            addressID = try json.externalIDIfPresent("addressId")
            expiresAt = try json.instantIfPresent("expiresAt")
        }

        public func write(to json: inout JSONWriter) {
            json.field("scheme", scheme)
            json.field("token", token)
            json.field("addressId", addressID)
            json.field("expiresAt", expiresAt)
        }
    }
}

extension ChannelOrder {
    /// Who led the buyer here.
    public struct Referral: JSONCoded, Equatable {
        public enum Kind: String, CaseIterable, Sendable {
            case link, code, agent, live
        }

        /// The distributor's member id or promotion code.
        public let code: String
        public let kind: Kind
        public let at: Instant?

        public init(code: String, kind: Kind, at: Instant? = nil) {
            self.code = code
            self.kind = kind
            self.at = at
        }

        public init(_ json: JSONObject) throws(Fault) {
            code = try json.externalID("code")
            kind = try json.word("kind")
            at = try json.instantIfPresent("at")
        }

        public func write(to json: inout JSONWriter) {
            json.field("code", code)
            json.field("kind", kind.rawValue)
            json.field("at", at)
        }
    }
}

extension ChannelOrder {
    /// A payment that came with the order.
    public struct Payment: JSONCoded, Equatable {
        public let paymentID: String
        public let status: ChannelPayment.Status
        public let amount: Int64
        public let method: String?
        public let paidAt: Instant?

        public init(
            paymentID: String, status: ChannelPayment.Status, amount: Int64, method: String? = nil,
            paidAt: Instant? = nil
        ) {
            self.paymentID = paymentID
            self.status = status
            self.amount = amount
            self.method = method
            self.paidAt = paidAt
        }

        public init(_ json: JSONObject) throws(Fault) {
            paymentID = try json.externalID("paymentId")
            status = try json.word("status")
            amount = try json.amount("amount")
            method = try json.stringIfPresent("method")
            paidAt = try json.instantIfPresent("paidAt")
        }

        public func write(to json: inout JSONWriter) {
            json.field("paymentId", paymentID)
            json.field("status", status.rawValue)
            json.field("amount", amount)
            json.field("method", method)
            json.field("paidAt", paidAt)
        }
    }
}
