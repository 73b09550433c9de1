"""Works a member's statement out again from the facts that `ops statement --facts` has written.

Nothing but the rule of the README of commission, and no code of the product:
opening + matured - reversed + adjusted - paidOut + teamBonus = payable.
"""
import json
import sys
from fractions import Fraction


def half_up(value):
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))


def main(path):
    facts = [json.loads(line) for line in open(path, encoding="utf-8")]
    month = next(fact for fact in facts if fact["fact"] == "period")
    entries = [fact for fact in facts if fact["fact"] == "entry"]
    available = [entry for entry in entries if entry["account"] == "available"]
    before = [e for e in available if (e["kind"] != "team" and e["bookedAt"] < month["start"])
              or (e["kind"] == "team" and e["cause"][:7] < month["period"])]
    during = [e for e in available if e["kind"] != "team" and e["bookedAt"] >= month["start"]]

    def moved(*kinds):
        return sum(entry["amount"] for entry in during if entry["kind"] in kinds)

    turnover = 0
    for fact in facts:
        if fact["fact"] == "turnover":
            turnover += fact["amount"]
    reached = [tier for tier in month["tiers"] or [] if tier["monthlyTurnover"] <= turnover]
    rate = max(reached, key=lambda tier: tier["monthlyTurnover"])["rateBasisPoints"] if reached and turnover > 0 else 0
    statement = {
        "turnover": turnover,
        "opening": sum(entry["amount"] for entry in before),
        "matured": moved("mature"),
        "reversed": -moved("reverse"),
        "adjusted": moved("adjust"),
        "paidOut": -moved("payout", "paid", "returned"),
        "teamBonus": half_up(Fraction(turnover * rate, 10000)),
    }
    statement["payable"] = (statement["opening"] + statement["matured"] - statement["reversed"]
                            + statement["adjusted"] - statement["paidOut"] + statement["teamBonus"])
    # What was put aside is what its legs come to, each by its rate, as long as nothing was cut to the pool.
    for entry in entries:
        if entry["kind"] != "accrue":
            continue
        legs = entry["legs"]
        for leg in legs:
            if leg["rateBasisPoints"] is not None and leg["kind"] in ("level", "peer", "self") and "cut" not in leg["why"]:
                exact = half_up(Fraction(leg["base"] * leg["rateBasisPoints"], 10000))
                assert exact == leg["amount"], (entry["journal"], leg)
        assert sum(leg["amount"] for leg in legs) >= entry["amount"], entry["journal"]
    json.dump(statement, sys.stdout)


main(sys.argv[1])
