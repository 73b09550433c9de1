"""Who comes in, and what each may see."""

from selenium.webdriver.common.keys import Keys

from browser import Failed

# Beside what stands in the navigation, for the roles that may.
REFUSED = {
    "distributor": ["/users", "/disputes", "/queues/payouts"], "warehouse": ["/users", "/disputes", "/portal"],
    "auditor": ["/portal"], "support": ["/users", "/audit"], "finance": ["/users"], "channel-manager": ["/audit"],
    "owner": ["/portal"],
}


def login(browser):
    browser.driver.delete_all_cookies()
    browser.open("/orders")
    browser.wait("a stranger is led to the login", lambda: "/login" in browser.driver.current_url)
    browser.check("login")
    browser.type("user", "owner")
    browser.type("password", "not the password" + Keys.ENTER)
    browser.wait("a wrong password is told", lambda: browser.all("[role=alert]"))
    # Such an answer is an error of HTTP too, which browsers write down.
    browser.complain_about_log(allowed=["/login"])
    browser.open("/login")
    browser.keyboard_reaches("#user")


def change_language(browser):
    browser.sign_in("owner")
    browser.open("/")
    if browser.text("h1") != "首页":
        raise Failed("the first page is not in the browser's language")
    browser.press("header button[name=language][value=en]")
    browser.wait("English", lambda: browser.text("h1") == "Home")
    if browser.find("html").get_attribute("lang") != "en":
        raise Failed("the page does not say its language")
    browser.check("home-en")
    browser.press("header button[name=language][value=zh]")
    browser.wait("Chinese again", lambda: browser.text("h1") == "首页")


def every_role(browser):
    """Each sees its own pages, all of which keep to the rules, and is told what to do about others."""
    for role in browser.house.passwords:
        browser.sign_in(role)
        browser.open("/")
        browser.check(f"home-{role}")
        links = [link.get_attribute("href") for link in browser.all("nav.side.wide a")]
        for link in sorted(set(links)):
            path = link.removeprefix(browser.house.base)
            browser.open(path)
            if browser.all("main .lead + p a[href='/']"):
                raise Failed(f"{role} is led to {path}, which is refused")
            browser.check("page" + path.replace("/", "-").rstrip("-"))
        for path in REFUSED[role]:
            browser.driver.get(browser.house.base + path)
            browser.complain_about_log(allowed=["403"])
            browser.says("您没有权限")
    browser.check("refused")


def keyboard_alone(browser):
    browser.sign_in("owner")
    browser.open("/")
    browser.keyboard_reaches("a.skip", limit=2)
    browser.find("a.skip").send_keys(Keys.ENTER)
    browser.wait("the content is reached", lambda: "#main" in browser.driver.current_url)
    browser.open("/")
    browser.keyboard_reaches("nav.side.wide a[href='/orders']")


STEPS = [login, change_language, every_role, keyboard_alone]
