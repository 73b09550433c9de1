import CommissionDomain
import Contracts

/// An explanation of commission as programs read it; numbers that need not be whole are texts.
extension OrderExplanation {
    var jsonBytes: [UInt8] {
        JSONWriter.object { json in
            writeHead(to: &json)
            writePlans(to: &json)
            json.array("accruals") { array in
                for accrual in accruals { array.element { accrual.write(to: &$0) } }
            }
            writeFreeze(to: &json)
            MemberMoney.write(money, to: &json)
            json.array("journals") { array in
                for journal in books.journals { array.element { journal.write(to: &$0) } }
            }
            json.writeVerdict(differences)
        }
    }

    func jsonBytes(of entry: EntryExplanation) -> [UInt8] {
        JSONWriter.object { json in
            writeHead(to: &json)
            json.object("journal") { entry.journal.write(to: &$0) }
            json.field("accrual", entry.accrual?.number)
            json.array("legs") { array in
                for (place, leg) in entry.legs {
                    let twin = entry.accrual?.lines.flatMap(\.legs).dropFirst(place - 1).first
                    array.element { leg.write(to: &$0, beside: twin) }
                }
            }
            MemberMoney.write(entry.money, to: &json)
            json.writeVerdict(entry.differences)
        }
    }

    private func writeHead(to json: inout JSONWriter) {
        json.field("orderId", books.placed.orderID)
        json.field("state", books.state)
        json.field("placedAt", books.placed.placedAt)
        json.field("currency", books.placed.currency)
        json.field("attribution", books.attribution)
        json.field("attributionChanged", books.attributionVersion > 0)
        if let own = books.ownChain { json.field("ownChain", list: own.links) }
        if books.attribution == nil { json.field("contest", list: books.placed.contest) }
        json.field("lines", list: books.placed.lines)
        json.field("notes", texts: notes)
    }

    private func writePlans(to json: inout JSONWriter) {
        json.array("plans") { array in
            for standing in plans {
                array.element { object in
                    let plan = standing.version.plan
                    object.field("planId", plan.planID)
                    object.field("version", plan.version)
                    object.field("effectiveFrom", standing.version.effectiveFrom)
                    object.field("endedAt", standing.version.endedAt)
                    object.field("chosen", standing.isTheOne)
                    object.field("reason", standing.reason)
                    object.field("mode", plan.mode.rawValue)
                    object.field("base", plan.base.rawValue)
                    object.field("selfPurchase", plan.selfPurchase.rawValue)
                    object.field("poolCapBasisPoints", plan.poolCapBasisPoints)
                    object.field("freezeDays", plan.freezeDays)
                }
            }
        }
    }

    private func writeFreeze(to json: inout JSONWriter) {
        json.object("freeze") { object in
            object.field("completedAt", books.completion?.completedAt)
            object.field("afterSalesUntil", books.completion?.afterSalesUntil)
            object.field("freezeDays", books.plan?.freezeDays)
            object.field("due", due)
            object.field("maturedAt", books.maturedAt)
            object.field("openCases", texts: books.afterSales.openCases)
            object.field("holds", list: books.holds)
        }
        json.field("refunds", list: books.afterSales.refunds)
    }
}

extension AccrualReckoning {
    fileprivate func write(to json: inout JSONWriter) {
        json.field("number", number)
        json.field("cause", cause)
        json.field("attribution", attribution)
        if let ownChain { json.field("ownChain", list: ownChain.links) }
        json.array("lines") { array in
            for line in lines { array.element { line.write(to: &$0) } }
        }
        json.array("legs") { array in
            let reckoned = lines.flatMap(\.legs)
            for (index, leg) in (booked?.legs ?? []).enumerated() {
                array.element { leg.write(to: &$0, beside: index < reckoned.count ? reckoned[index] : nil) }
            }
        }
    }
}

extension LineReckoning {
    fileprivate func write(to json: inout JSONWriter) {
        json.field("lineId", line.lineID)
        json.field("sku", line.sku)
        json.field("commissionClass", commissionClass)
        json.field("base", base)
        json.field("pool", pool)
        json.field("exact", exact)
        json.field("companyShare", companyShare)
        json.field("remainder", remainder)
        json.array("levels") { array in
            for level in levels {
                array.element { object in
                    object.field("level", level.level)
                    object.field("memberId", level.link.memberID)
                    object.field("grade", level.link.grade)
                    object.field("rate", level.choice?.chosen)
                    object.array("passedOver") { others in
                        for other in level.choice?.passedOver ?? [] {
                            others.element { object in
                                object.field("rate", other.rate)
                                object.field("reason", other.reason)
                            }
                        }
                    }
                }
            }
        }
    }
}

extension BookedLeg {
    /// - Parameter reckoned: The same leg as the rules have it.
    fileprivate func write(to json: inout JSONWriter, beside reckoned: LegReckoning?) {
        leg.write(to: &json)
        json.field("reversed", reversed)
        json.field("matured", isMatured)
        guard let reckoned else { return }
        json.field("arithmetic", reckoned.text)
        json.field("expected", reckoned.leg.amount)
        guard let steps = reckoned.steps else { return }
        json.field("own", exactText(of: steps.own))
        json.field("below", exactText(of: steps.below))
        json.field("fitting", exactText(of: steps.fitting))
    }
}

extension BookedJournal {
    fileprivate func write(to json: inout JSONWriter) {
        json.field("journalId", journalID)
        json.field("kind", kind)
        json.field("cause", cause)
        json.field("bookedAt", at)
        json.array("entries") { array in
            for entry in entries {
                array.element { object in
                    object.field("account", entry.account)
                    if !entry.memberID.isEmpty { object.field("memberId", entry.memberID) }
                    object.field("amount", entry.amount)
                }
            }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func writeVerdict(_ differences: [BookDifference]) {
        field("booksAgree", differences.isEmpty)
        array("differences") { array in
            for difference in differences {
                array.element { object in
                    object.field("place", difference.place)
                    object.field("booked", difference.booked)
                    object.field("expected", difference.expected)
                }
            }
        }
    }
}
