"""From an order that comes in to a return that is approved."""
import re


def find(browser):
    """By the number that the shop gave it."""
    browser.sign_in("support")
    browser.open("/orders")
    browser.type("q", browser.house.facts["order"])
    browser.press(".order-search .btn-primary")
    browser.reload_until("the order is found", lambda: browser.all("tr[data-order]"))
    browser.press("tr[data-order] th a")
    browser.says(browser.house.facts["order"])
    browser.house.facts["id"] = browser.driver.current_url.rstrip("/").split("/")[-1].split("?")[0]
    browser.reload_until("the order is confirmed", lambda: f"{order_id(browser)}-S1" in browser.text())
    browser.check("order")


def order_id(browser):
    return browser.house.facts["id"]


def ship(browser):
    """The warehouse sends the parcel under its waybill."""
    browser.sign_in("owner")
    browser.open("/queues/ship")
    parcel = f"{order_id(browser)}-S1"
    browser.reload_until("the parcel waits", lambda: browser.all(f"input[name=pick][value='{parcel}']"))
    browser.press(f"input[name=pick][value='{parcel}']")
    browser.press("button[name=do][value=dispatch]")
    for field in browser.all("main td.input input"):
        field.clear()
        field.send_keys("sf" if "carrier" in field.get_attribute("name") else browser.house.facts["waybill"])
    browser.type("reason", "packed and handed over")
    browser.check("queue-dispatch")
    browser.press("main form[method=post] .btn-primary")
    browser.accepted()
    browser.open(f"/orders/{order_id(browser)}")
    sent = re.compile(r"· (\w+) 运单号 (\S+)[\s\S]*发出 2")
    browser.reload_until("the order is shipped", lambda: sent.search(browser.text()))
    # A label that was made meanwhile is the parcel's, whatever was typed.
    browser.house.facts["carrier"], browser.house.facts["waybill"] = sent.search(browser.text()).groups()


def approve_return(browser):
    """The parcel arrives, the buyer wants to give it back, and support says yes."""
    house = browser.house
    now = house.facts["now"]
    house.publish("carrier.scans.v1", f"{house.facts['carrier']}/{house.facts['waybill']}", {
        "carrier": house.facts["carrier"], "waybill": house.facts["waybill"], "status": "delivered", "rawCode": "80",
        "occurredAt": now})
    browser.sign_in("support")
    browser.open(f"/orders/{order_id(browser)}")
    browser.reload_until("the order is delivered", lambda: "已签收" in browser.text(".badges"))
    house.publish("channel.after-sales.v1", f"{house.facts['channel']}/{house.facts['order']}", {
        "channel": house.facts["channel"], "externalOrderId": house.facts["order"], "externalCaseId": "B-1",
        "kind": "return", "reason": "damaged", "lines": [{"lineId": "1", "quantity": 1}], "requestedAt": now})
    case = f"{order_id(browser)}-A1"
    browser.driver.get(f"{house.base}/cases/{case}")
    browser.reload_until("the case is there", lambda: browser.all("details.deed"))
    browser.complain_about_log(allowed=["404"])
    browser.check("case")
    form = f"form[action='/cases/{case}/approve']"
    browser.press(f"details.deed:has({form}) summary")
    browser.find(f"{form} [name=reason]").send_keys("pictures show the damage")
    browser.press(f"{form} .btn-primary")
    browser.accepted()


STEPS = [find, ship, approve_return]
