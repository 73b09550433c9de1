"""Compares inventory's routes with the optimum that CP-SAT proves: fewest parcels, then least cost.

Reads what `Benchmarks routes` writes, one order a line, and prints how many are equal and how far the others are away.
"""
import json
import math
import sys

from ortools.sat.python import cp_model

BEIJING = (39.904, 116.407)
RADIUS_METRES = 6_371_009.0


def metres(latitude, longitude):
    north, east = map(math.radians, (latitude, longitude))
    to_north, to_east = map(math.radians, BEIJING)
    half = math.sin((to_north - north) / 2) ** 2
    across = math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    return round(2 * RADIUS_METRES * math.asin(math.sqrt(half + across)))


def optimum(instance):
    """Parcels and cost in minor units."""
    model = cp_model.CpModel()
    warehouses = instance["warehouses"]
    free = {(row["sku"], row["warehouse"]): row["onHand"] for row in instance["stock"]}
    grams = {item["sku"]: item["weightGrams"] for item in instance["items"]}
    used = {w["warehouse"]: model.new_bool_var(w["warehouse"]) for w in warehouses}
    cost = []
    for w in warehouses:
        cost.append(used[w["warehouse"]] * w["handlingCost"] * 100_000_000)
    for line in instance["order"]["lines"]:
        pieces = []
        for w in warehouses:
            most = min(free[line["sku"], w["warehouse"]], line["quantity"])
            sent = model.new_int_var(0, most, "")
            model.add(sent <= most * used[w["warehouse"]])
            pieces.append(sent)
            gram = w["costPerKgPer100Km"] * metres(w["latitude"], w["longitude"])
            cost.append(sent * grams[line["sku"]] * gram)
        model.add(sum(pieces) == line["quantity"])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    model.minimize(sum(used.values()))
    assert solver.solve(model) == cp_model.OPTIMAL
    parcels = round(solver.objective_value)
    model.add(sum(used.values()) == parcels)
    model.minimize(sum(cost))
    assert solver.solve(model) == cp_model.OPTIMAL
    return parcels, solver.objective_value / 100_000_000


def main():
    orders = equal = parcels_equal = 0
    gaps = []
    for line in sys.stdin:
        order = json.loads(line)
        parcels, cost = optimum(order["instance"])
        routing = order["routing"]
        orders += 1
        if routing["parcels"] == parcels:
            parcels_equal += 1
            # Metres are rounded on both sides, and the cost is in whole minor units.
            gap = max(0.0, routing["cost"] - cost)
            equal += gap <= 1 + cost * 1e-6
            gaps.append(gap / cost if gap > 1 else 0.0)
    print(
        f"{orders} orders: fewest parcels in {parcels_equal}, least cost in {equal},"
        f" mean cost gap {100 * sum(gaps) / max(1, len(gaps)):.3f} %, largest {100 * max(gaps, default=0):.2f} %"
    )


main()
