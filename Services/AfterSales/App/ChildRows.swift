import AfterSalesDomain
import Contracts

/// One child of an account with its place in the account's list: children are numbered from 1 and never removed.
struct ChildRow<Value> {
    let orderID: String
    let number: Int32
    let value: Value
}

extension [OrderAccount] {
    /// The children that have no row yet.
    ///
    /// - Parameter stored: How many of them had a row when the account was loaded.
    func newChildren<Value>(_ list: (OrderAccount) -> [Value], stored: (StoredRows) -> Int) -> [ChildRow<Value>] {
        flatMap { account in account.children(list(account)).dropFirst(stored(account.stored)) }
    }

    /// The children whose rows may have to change.
    func oldChildren<Value>(_ list: (OrderAccount) -> [Value], stored: (StoredRows) -> Int) -> [ChildRow<Value>] {
        flatMap { account in account.children(list(account)).prefix(stored(account.stored)) }
    }
}

extension OrderAccount {
    fileprivate func children<Value>(_ values: [Value]) -> [ChildRow<Value>] {
        values.enumerated().map { ChildRow(orderID: orderID.text, number: Int32($0.offset + 1), value: $0.element) }
    }
}
