"""Pages that are open move by themselves."""


def new_order(browser):
    browser.sign_in("owner")
    browser.open("/orders")
    browser.wait("orders are shown", lambda: browser.all("tr[data-order]"))
    order = browser.house.facts["next"] | {"placedAt": browser.house.now()}
    browser.house.publish(
        "channel.orders.v1", f"{browser.house.facts['channel']}/{order['externalOrderId']}", order)
    browser.wait("the bar tells of the new order", lambda: browser.all("[data-live-new]:not([hidden])"))
    browser.check("orders-live")
    browser.press("[data-live-new] a")
    browser.wait("it is shown", lambda: order["externalOrderId"] in browser.text())


STEPS = [new_order]
