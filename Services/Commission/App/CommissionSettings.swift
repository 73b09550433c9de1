import CommissionDomain
import Contracts
import Pipeline

/// What commission reads of its own.
struct CommissionSettings {
    /// `COMMISSION_TAX`, or `…_FILE`: `{"mode": "off|per-payment|cumulative", …}`; off by default.
    let tax: TaxPolicy
    /// `ADJUSTMENT_LIMIT`: minor units; a larger one needs a second person.
    let adjustmentLimit: Int64
    /// `PAYEE_WAIT_HOURS`: how long a changed payee waits.
    let payeeWaitHours: Int64
    /// `COMMISSION_SIGNALS`, or `…_FILE`: what makes the watch over sales look twice.
    private(set) var signals = SalesSignals()

    init(_ reader: inout SettingsReader) {
        adjustmentLimit = Int64(reader.integer("ADJUSTMENT_LIMIT", in: 0...100_000_000, default: 10_000))
        payeeWaitHours = Int64(reader.integer("PAYEE_WAIT_HOURS", in: 0...720, default: 24))
        if let text = reader.optionalSecret("COMMISSION_SIGNALS") {
            do throws(Fault) {
                signals = try SalesSignals(JSONDocument.object(Array(text.utf8)))
            } catch {
                reader.defect("COMMISSION_SIGNALS", "\(error)")
            }
        }
        guard let text = reader.optionalSecret("COMMISSION_TAX") else {
            tax = .off
            return
        }
        do throws(Fault) {
            tax = try TaxPolicy(JSONDocument.object(Array(text.utf8)))
        } catch {
            reader.defect("COMMISSION_TAX", "\(error)")
            tax = .off
        }
    }

    func rules(_ calendar: BusinessCalendar) -> CommissionRules {
        CommissionRules(
            calendar: calendar, tax: tax, adjustmentLimit: adjustmentLimit, payeeWait: .hours(payeeWaitHours))
    }
}
