"""A distributor looks at its money and asks about it; finance answers."""


def statement(browser):
    browser.sign_in("distributor")
    browser.open("/portal")
    browser.says(browser.house.facts["member"])
    browser.check("portal")
    browser.open("/portal/team")
    browser.check("portal-team")
    browser.open("/portal/payouts")
    browser.check("portal-payouts")
    browser.open("/portal/statement")
    browser.reload_until("the statement has lines", lambda: browser.all("main td a[href^='/portal/earnings/']"))
    browser.check("portal-statement")


def question(browser):
    browser.sign_in("distributor")
    browser.open(f"/portal/earnings/{browser.house.facts['id']}")
    browser.check("portal-earning")
    browser.type("reason", "这一单的比例与约定不符")
    browser.press("form[action$='/question'] .btn-primary")
    browser.accepted()
    browser.sign_in("finance")
    browser.open("/disputes")
    browser.reload_until("the question has come", lambda: "比例与约定不符" in browser.text())
    browser.check("disputes")
    browser.press(f"main td a, main th a[href^='/disputes/{browser.house.facts['id']}']")
    browser.check("dispute")
    browser.press("input[name=answer][value=dismissed]")
    browser.type("reason", "按方案第 1 版计算，无误")
    browser.press("form[action$='/answer'] .btn-primary")
    browser.accepted()
    browser.sign_in("distributor")
    browser.open(f"/portal/earnings/{browser.house.facts['id']}")
    browser.reload_until("the answer is shown", lambda: "无误" in browser.text())


STEPS = [statement, question]
