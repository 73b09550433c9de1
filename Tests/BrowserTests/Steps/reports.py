"""Figures leave the house as files."""


def export(browser):
    browser.sign_in("finance")
    browser.open("/reports")
    browser.check("report")
    browser.press("main a[href*='.csv']")
    browser.wait("the file is there", lambda: [
        file for file in browser.downloads.iterdir() if file.suffix == ".csv" and file.stat().st_size > 0])


STEPS = [export]
