"""Refunds worked out apart from the product, in exact fractions: random orders and steps, and what each must pay back.

    refunds.py cases COUNT SEED      prints a case a line, as `ops calc refund --lines` reads it
    refunds.py check CASES ANSWERS   compares what it answered; prints the numbers, or the first differences and status 1
"""
import json
import random
import sys
from fractions import Fraction
from math import floor


def half_up(value):
    return floor(value + Fraction(1, 2))


def split(total, weights):
    """Largest remainder; of equal ones the earlier."""
    whole = sum(weights)
    if whole == 0:
        return [total] + [0] * (len(weights) - 1)
    exact = [Fraction(total * weight, whole) for weight in weights]
    parts = [floor(part) for part in exact]
    order = sorted(range(len(weights)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


class Order:
    def __init__(self, body):
        self.lines = body["lines"]
        amounts = [line["quantity"] * line["unitPrice"] - line["discount"] for line in self.lines]
        shares = split(body["orderDiscount"], amounts)
        self.paid = {line["lineId"]: amount - share for line, amount, share in zip(self.lines, amounts, shares)}
        self.total = body["total"]
        self.aside = self.total - sum(self.paid.values())
        self.units = {line["lineId"]: line["quantity"] for line in self.lines}
        self.used = dict.fromkeys(self.units, 0)
        self.money = dict.fromkeys(self.units, 0)
        self.left_over = self.total
        self.shipped = False

    def worth(self, line, units):
        return half_up(Fraction(self.paid[line] * units, self.units[line]))

    def step(self, step):
        """The amount, the amounts per line, the freight, and why it is refused."""
        kind = step.get("kind", "refund")
        if step.get("shipped", kind in ("return", "exchange")):
            self.shipped = True
        wanted = {line["lineId"]: line["quantity"] for line in step.get("lines", [])}
        money_only = not wanted
        if money_only:
            wanted = dict.fromkeys(self.units, 0)
        else:
            emptied = {line for line, count in wanted.items() if self.used[line] + count == self.units[line]}
            for line in self.lines:
                name = line["lineId"]
                if name not in wanted and line.get("giftOf") in emptied and self.used[name] < self.units[name]:
                    wanted[name] = self.units[name] - self.used[name]
        if any(self.used[line] + count > self.units[line] for line, count in wanted.items()):
            return 0, {}, 0, "units-exceed-remaining"
        shares = {}
        for line, count in wanted.items():
            share = self.paid[line] if money_only else self.worth(line, self.used[line] + count) - self.worth(
                line, self.used[line])
            shares[line] = max(0, min(share, self.paid[line] - self.money[line]))
        rest = sum(self.units.values()) - sum(self.used.values()) - sum(wanted.values())
        freight = self.aside if rest == 0 and not self.shipped and not money_only else 0
        whole = sum(shares.values()) + freight
        asked = step.get("amount")
        if kind == "return" and money_only:
            return 0, {}, 0, "no-lines"
        if kind == "exchange":
            # Goods for goods: the units can still be returned later, with all their money.
            return 0, {}, 0, "no-lines" if money_only else None
        if asked is not None and asked > whole:
            return 0, {}, 0, "amount-above-share"
        if whole > 0 and self.left_over == 0:
            return 0, {}, 0, "nothing-paid"
        amount = min(whole, whole if asked is None else asked, self.left_over)
        if amount < whole:
            parts = split(amount, list(shares.values()) + [freight])
            shares, freight = dict(zip(shares, parts)), parts[-1]
        for line, count in wanted.items():
            self.used[line] += count
            self.money[line] += shares[line]
        self.left_over -= amount
        return amount, {line: shares[line] for line in wanted if wanted[line] or shares[line]}, freight, None


def make_case(number, dice):
    lines = []
    for index in range(dice.randint(1, 5)):
        quantity = dice.choice([1, 1, 2, 3, 7, 12, 97])
        price = dice.choice([0, 1, 99, 333, 1999, 12900, 99999])
        lines.append({"lineId": str(index + 1), "sku": f"S{index}", "quantity": quantity, "unitPrice": price,
                      "discount": dice.randint(0, quantity * price) if dice.random() < 0.4 else 0})
    if dice.random() < 0.3:
        lines.append({"lineId": "gift", "sku": "G", "quantity": dice.randint(1, 3), "unitPrice": 0, "discount": 0,
                      "gift": True, "giftOf": "1"})
    goods = sum(line["quantity"] * line["unitPrice"] - line["discount"] for line in lines)
    discount = dice.randint(0, goods) if dice.random() < 0.5 else 0
    freight = dice.choice([0, 0, 1, 800, 1250])
    body = {"channel": "mini", "externalOrderId": f"O-{number}", "placedAt": "2026-11-22T08:00:00.000Z",
            "currency": "CNY", "lines": lines, "orderDiscount": discount, "freight": freight,
            "total": goods - discount + freight}
    steps, left = [], {line["lineId"]: line["quantity"] for line in lines}
    for _ in range(dice.randint(1, 8)):
        step = {}
        names = [name for name in left if dice.random() < 0.6] or [dice.choice(list(left))]
        roll = dice.random()
        if roll < 0.15:
            step["amount"] = dice.randint(0, body["total"] + 1)
        else:
            picked = []
            for name in names:
                most = max(1, left[name] + (1 if dice.random() < 0.05 else 0))
                count = most if dice.random() < 0.4 else dice.randint(1, most)
                picked.append({"lineId": name, "quantity": count})
                left[name] = max(0, left[name] - count)
            step["lines"] = picked
            if roll < 0.3:
                step["amount"] = dice.randint(0, max(1, body["total"] // 2))
        if dice.random() < 0.1 and "amount" not in step:
            step["kind"] = "exchange"
        elif dice.random() < 0.25:
            step["kind"] = "return"
        elif dice.random() < 0.1:
            step["shipped"] = True
        steps.append(step)
    return {"order": body, "steps": steps}


def check(cases, answers):
    steps, worst = 0, []
    for number, (case, answer) in enumerate(zip(cases, answers, strict=True)):
        order = Order(case["order"])
        for index, (step, got) in enumerate(zip(case["steps"], answer["steps"], strict=True)):
            steps += 1
            amount, lines, freight, refused = order.step(step)
            seen = (got["amount"], {line["lineId"]: line["amount"] for line in got["lines"]}, got["freight"],
                    got.get("refused"))
            if seen != (amount, lines, freight, refused):
                worst.append(f"case {number} step {index + 1}: {seen}, not {(amount, lines, freight, refused)}")
        if answer["remaining"] != order.left_over or order.left_over < 0:
            worst.append(f"case {number}: remaining {answer['remaining']}, not {order.left_over}")
        if all(order.used[name] == order.units[name] for name in order.units) and not order.shipped:
            if all("amount" not in step for step in case["steps"]) and answer["remaining"] != 0:
                worst.append(f"case {number}: a full return leaves {answer['remaining']}")
    print(f"{len(cases)} cases, {steps} steps, {len(worst)} differences")
    print("\n".join(worst[:10]), file=sys.stderr)
    return 1 if worst else 0


def main():
    if sys.argv[1] == "cases":
        dice = random.Random(int(sys.argv[3]))
        for number in range(int(sys.argv[2])):
            print(json.dumps(make_case(number, dice)))
        return 0
    with open(sys.argv[2]) as cases, open(sys.argv[3]) as answers:
        return check([json.loads(line) for line in cases], [json.loads(line) for line in answers])


sys.exit(main())
