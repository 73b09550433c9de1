"""Commission worked out apart from the product, in exact fractions: random plans, trees, orders and refunds.

    commission.py cases COUNT SEED FOLDER    writes plan-N.json, members-N.jsonl and orders-N.jsonl, COUNT orders in all
    commission.py check FOLDER               compares answers-N.jsonl; prints the numbers, or the first differences and status 1
"""
import json
import random
import sys
from fractions import Fraction
from math import floor
from pathlib import Path

ORDERS_A_PLAN = 500
GRADES = [None, "silver", "gold", "diamond"]
SKUS = ["A", "B", "C"]


def half_up(value):
    return floor(value + Fraction(1, 2)) if value >= 0 else -half_up(-value)


def check_character(text):
    """ISO 7064 MOD 37,36."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    product = 36
    for character in text:
        total = (product + digits.index(character)) % 36 or 36
        product = total * 2 % 37
    return digits[(37 - product) % 36]


def order_id(number):
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    body = ""
    for _ in range(17):
        body = alphabet[number % 32] + body
        number //= 32
    return body + check_character(body)


def make_plan(random, number):
    def reward():
        return {"amountPerUnit": random.choice([0, 1, 88, 500])} if random.random() < 0.2 else {
            "rateBasisPoints": random.choice([0, 1, 33, 290, 500, 1000, 1250, 3000])}

    levels = []
    for level in range(1, random.randint(1, 4) + 1):
        rates, seen = [], set()
        for _ in range(random.randint(1, 4)):
            place = (random.choice([None, "A"]), None, random.choice(GRADES))
            if place not in seen:
                seen.add(place)
                rate = reward()
                rate.update({name: value for name, value in zip(("sku", "commissionClass", "grade"), place) if value})
                rates.append(rate)
        levels.append({"level": level, "rates": rates})
    mode = random.choice(["levels", "differential", "margin"])
    plan = {
        "planId": f"P{number}", "version": 1, "effectiveFrom": "2026-01-01T00:00:00Z", "currency": "CNY", "levels": levels,
        "mode": mode, "peerBonusBasisPoints": random.choice([0, 0, 100, 250]),
        "poolCapBasisPoints": random.choice([500, 1500, 3000, 10000]),
        "base": random.choice(["goods-paid", "goods-receivable"]), "acknowledgeLevels": True,
    }
    return plan | {"supplyPrices": make_prices(random)} if mode == "margin" else plan


def make_prices(random):
    """Some are missing, some above the goods' own price, some higher for a better grade."""
    places = [(sku, grade) for sku in SKUS for grade in GRADES]
    prices = []
    for sku, grade in random.sample(places, random.randint(1, len(places))):
        price = {"sku": sku, "price": random.choice([0, 1, 33, 50, 98, 300, 333, 700, 999, 9000, 12900, 20000])}
        prices.append(price | {"grade": grade} if grade else price)
    return prices


def make_tree(random):
    members = []
    for number in range(30):
        parent = f"M{random.randrange(number)}" if number and random.random() < 0.9 else None
        member = {"memberId": f"M{number}", "parentId": parent, "grade": random.choice(GRADES)}
        members.append({name: value for name, value in member.items() if value is not None})
    return members


def chain_of(members, member_id):
    by_id = {member["memberId"]: member for member in members}
    chain = []
    while member_id in by_id and len(chain) < 10:
        member = by_id[member_id]
        chain.append({name: member[name] for name in ("memberId", "grade") if name in member})
        member_id = member.get("parentId")
    return chain


def make_order(random, number, members):
    lines = []
    for line in range(random.randint(1, 4)):
        quantity, price = random.randint(1, 5), random.choice([0, 1, 99, 333, 1000, 12900])
        discount = random.randint(0, quantity * price)
        lines.append({
            "lineId": str(line + 1), "sku": random.choice(SKUS), "quantity": quantity, "unitPrice": price,
            "discount": discount, "orderDiscountShare": 0, "freightShare": 0, "paid": quantity * price - discount})
    goods = sum(line["paid"] for line in lines)
    freight = random.choice([0, 800])
    member = random.choice(members)["memberId"]
    attribution = None if random.random() < 0.1 else {
        "memberId": member, "kind": "binding", "chain": chain_of(members, member) if random.random() < 0.7 else [],
        "reason": "r", "contest": []}
    return {
        "orderId": order_id(number), "version": 1, "kind": "sale", "reservation": 1, "channel": "c",
        "externalOrderId": str(number), "placedAt": "2026-06-01T00:00:00.000Z", "currency": "CNY", "weightGrams": 0,
        "lines": lines, "goodsTotal": goods, "freight": freight, "tax": 0, "fees": 0, "total": goods + freight,
        "receivable": goods + freight + random.choice([0, 0, 500]), "paymentTerms": "prepaid", "delivery": "express",
        "historical": False, "attribution": attribution, "contest": []}


def make_refunds(random, order):
    left = {line["lineId"]: line["paid"] for line in order["lines"]}
    for number in range(random.choice([0, 0, 1, 2, 5])):
        lines = []
        for line, money in left.items():
            amount = random.choice([0, 1, money, random.randint(0, money)]) if money else 0
            amount = min(amount, money)
            if amount:
                left[line] -= amount
                lines.append({"lineId": line, "quantity": 0, "amount": amount})
        if lines:
            yield {
                "orderId": order["orderId"], "version": number + 2, "caseId": f"{order['orderId']}-A{number + 1}",
                "refundId": f"{order['orderId']}-R{number + 1}", "amount": sum(line["amount"] for line in lines),
                "lines": lines, "freight": 0}


def bases(order, plan):
    paid = [line["paid"] for line in order["lines"]]
    borne = order["receivable"] - order["total"]
    if plan["base"] == "goods-paid" or borne <= 0 or not any(paid):
        return paid
    whole = sum(paid)
    exact = [Fraction(borne * part, whole) for part in paid]
    parts = [floor(part) for part in exact]
    for index in sorted(range(len(paid)), key=lambda index: (parts[index] - exact[index], index))[: borne - sum(parts)]:
        parts[index] += 1
    return [own + part for own, part in zip(paid, parts)]


def rate_of(level, line, grade):
    fitting = [
        rate for rate in level["rates"]
        if rate.get("sku", line["sku"]) == line["sku"] and rate.get("grade", grade) == grade]
    return max(fitting, key=lambda rate: ("amountPerUnit" in rate, "sku" in rate, "grade" in rate), default=None)


def supply_price(plan, sku, grade):
    """The price of the grade, else the one without a grade."""
    prices = {price.get("grade"): price["price"] for price in plan["supplyPrices"] if price["sku"] == sku}
    return prices.get(grade, prices.get(None))


def margin_claims(line, base, chain, plan):
    """What the goods cost each level that has a price; it earns what the cheapest below, or the buyer, pays more."""
    named = {level["level"] for level in plan["levels"]}
    costs = []
    for number, member in enumerate(chain, 1):
        price = supply_price(plan, line["sku"], member.get("grade")) if number in named else None
        if price is not None:
            costs.append((number, member["memberId"], Fraction(price * line["quantity"])))
    return [
        [number, 0, member, "margin", {}, max(Fraction(0), min([Fraction(base)] + [below[2] for below in costs[:place]]) - own)]
        for place, (number, member, own) in enumerate(costs)]


def rate_claims(line, base, chain, plan):
    claims, highest = [], Fraction(0)
    for number, member in enumerate(chain, 1):
        level = next((level for level in plan["levels"] if level["level"] == number), None)
        rate = rate_of(level, line, member.get("grade")) if level else None
        if rate is None:
            continue
        fixed = "amountPerUnit" in rate
        own = Fraction(rate["amountPerUnit"] * line["quantity"]) if fixed else Fraction(base * rate["rateBasisPoints"], 10000)
        amount = own if plan["mode"] == "levels" else max(Fraction(0), own - highest)
        highest = max(highest, own)
        claims.append([number, 0, member["memberId"], "level" if plan["mode"] == "levels" else "differential", rate, amount])
    return claims


class Line:
    """What one line pays, leg by leg from the nearest member on."""

    def __init__(self, line, base, chain, plan):
        self.paid, self.legs, self.share, self.rest = line["paid"], [], 0, 0
        if base <= 0:
            return
        pool = half_up(Fraction(base * plan["poolCapBasisPoints"], 10000))
        claims = (margin_claims if plan["mode"] == "margin" else rate_claims)(line, base, chain, plan)
        earners = {claim[0] for claim in claims if claim[5] > 0}
        grades = set()
        for number in range(2, len(chain) + 1):
            below, above = chain[number - 2], chain[number - 1]
            grade = below.get("grade")
            if plan["peerBonusBasisPoints"] and grade and above.get("grade") == grade and number - 1 in earners:
                if grade not in grades:
                    grades.add(grade)
                    rate = {"rateBasisPoints": plan["peerBonusBasisPoints"]}
                    bonus = Fraction(base * plan["peerBonusBasisPoints"], 10000)
                    claims.append([number, 1, above["memberId"], "peer", rate, bonus])
        claims.sort(key=lambda claim: claim[:2])
        left = Fraction(pool)
        for claim in claims:
            claim[5] = min(claim[5], left)
            left -= claim[5]
        amounts = [half_up(claim[5]) for claim in claims]
        excess = sum(amounts) - pool
        for index in reversed(range(len(amounts))):
            if excess > 0:
                taken = min(amounts[index], excess)
                amounts[index] -= taken
                excess -= taken
        whole = half_up(sum((claim[5] for claim in claims), Fraction(0)))
        self.share, self.rest = pool - whole, whole - sum(amounts)
        for (level, _, member, kind, rate, _), amount in zip(claims, amounts):
            leg = {"memberId": member, "level": level, "kind": kind, "lineId": line["lineId"], "base": base}
            leg.update({name: rate[name] for name in ("rateBasisPoints", "amountPerUnit") if name in rate})
            self.legs.append(leg | {"amount": amount})


class Books:
    def __init__(self, plan, members):
        self.plan, self.members, self.orders = plan, members, {}

    def answer(self, step):
        if "refundId" in step:
            return self.refund(step)
        attribution = step["attribution"]
        chain = [] if attribution is None else attribution["chain"] or chain_of(self.members, attribution["memberId"])
        lines = [
            Line(line, base, chain, self.plan) for line, base in zip(step["lines"], bases(step, self.plan))
        ] if chain else []
        lives = any(leg["amount"] for line in lines for leg in line.legs)
        self.orders[step["orderId"]] = (lines if lives else [], {}, {})
        return self.told(step, lines) if lives else self.told(step, [])

    def told(self, step, lines):
        return {
            "orderId": step["orderId"], "legs": [leg for line in lines for leg in line.legs],
            "companyShare": sum(line.share for line in lines), "remainder": sum(line.rest for line in lines)}

    def refund(self, step):
        lines, refunded, reversed_ = self.orders[step["orderId"]]
        for line in step["lines"]:
            refunded[line["lineId"]] = refunded.get(line["lineId"], 0) + line["amount"]

        def take(name, amount, line):
            part = Fraction(min(refunded.get(line, 0), paid), max(paid, 1))
            target, before = half_up(amount * part), reversed_.get(name, 0)
            taken = target - before if abs(target) > abs(before) else 0
            reversed_[name] = before + taken
            return taken

        legs, share, rest = [], 0, 0
        for number, line in enumerate(lines, 1):
            paid = line.paid
            for index, leg in enumerate(line.legs):
                taken = take((number, index), leg["amount"], str(number))
                if taken > 0:
                    legs.append(leg | {"amount": taken})
            share += take((number, "share"), line.share, str(number))
            rest += take((number, "rest"), line.rest, str(number))
        return {
            "orderId": step["orderId"], "refundId": step["refundId"], "legs": legs, "companyShare": share,
            "remainder": rest}


def write_cases(count, seed, folder):
    source = random.Random(seed)
    for number in range(-(-count // ORDERS_A_PLAN)):
        members = make_tree(source)
        (folder / f"plan-{number}.json").write_text(json.dumps(make_plan(source, number)))
        (folder / f"members-{number}.jsonl").write_text("".join(json.dumps(member) + "\n" for member in members))
        with open(folder / f"orders-{number}.jsonl", "w") as file:
            for index in range(min(ORDERS_A_PLAN, count - number * ORDERS_A_PLAN)):
                order = make_order(source, number * ORDERS_A_PLAN + index, members)
                for step in [order, *make_refunds(source, order)]:
                    file.write(json.dumps(step) + "\n")


def check(folder):
    orders = refunds = margins = wrong = 0
    for path in sorted(folder.glob("plan-*.json")):
        number = path.stem.split("-")[1]
        members = [json.loads(line) for line in open(folder / f"members-{number}.jsonl")]
        books = Books(json.loads(path.read_text()), members)
        steps = [json.loads(line) for line in open(folder / f"orders-{number}.jsonl")]
        answers = [json.loads(line) for line in open(folder / f"answers-{number}.jsonl")]
        if len(steps) != len(answers):
            sys.exit(f"plan {number}: {len(steps)} steps, {len(answers)} answers")
        for step, answer in zip(steps, answers):
            for leg in answer["legs"]:
                del leg["why"]
                margins += leg["kind"] == "margin" and leg["amount"] > 0
            orders, refunds = orders + ("refundId" not in step), refunds + ("refundId" in step)
            expected = books.answer(step)
            if answer != expected:
                wrong += 1
                if wrong <= 3:
                    print(f"plan {number}, {json.dumps(step)}\n  product {json.dumps(answer)}\n  oracle  {json.dumps(expected)}")
    print(f"{orders} orders, {refunds} refunds, {margins} margins, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if sys.argv[1] == "cases":
    write_cases(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
else:
    check(Path(sys.argv[2]))
