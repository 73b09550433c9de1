extension JSONObject {
    /// A list of texts of at most 2,000 characters each.
    public func texts(_ name: StaticString, atMost limit: Int = 500) throws(Fault) -> [String] {
        var texts: [String] = []
        for value in try values(name, atMost: limit) { texts.append(try value.string(atMost: 2000)) }
        return texts
    }

    public func integers(_ name: StaticString, atMost limit: Int = 500) throws(Fault) -> [Int64] {
        var integers: [Int64] = []
        for value in try values(name, atMost: limit) { integers.append(try value.integer()) }
        return integers
    }
}

extension JSONWriter {
    public mutating func field(_ name: StaticString, integers: [Int64]) {
        array(name) { array in
            for integer in integers { array.element(integer) }
        }
    }
}
