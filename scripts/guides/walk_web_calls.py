"""The pages of calls in a browser: CDR with its folds and filters, ladder, phones, pop-up, two models side by side."""

import os

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

LOOKS = [("light-1280", "light", 1280), ("light-1100", "light", 1100), ("dark-1100", "dark", 1100),
         ("light-390", "light", 390), ("dark-390", "dark", 390)]
FINISHED = ["--beside", "UCM6202"]


def walk(browser, serve, root):
    """Looks at calls while they ring, then at what is left of them.

    `serve` starts `ucmsim serve` with more arguments and gives what `walk_web.Served` is.
    """
    data = ["--crm-data", os.path.join(root, "fixtures/crm/loopback-office.yaml")]
    for look in [ringing, finished]:
        served = serve(data + (["--speed", "1"] if look is ringing else FINISHED))
        try:
            look(browser, served)
        finally:
            # A page that asks for news would find nobody.
            browser.driver.delete_all_cookies()
            browser.open("about:blank")
            served.close()


def ringing(browser, served):
    """Steps on until a phone rings with a name of the CRM's, and looks at it as its user and as the administrator."""
    browser.look("light", 1100)
    browser.sign_in(served.url, "admin", "admin123")
    browser.press("clock", "Pause")
    number = None
    for _ in range(400):
        browser.open(served.url + "/calls")
        rows = browser.driver.find_elements(By.CSS_SELECTOR, "#other-table tbody tr")
        texts = [[cell.text for cell in row.find_elements(By.CSS_SELECTOR, "td")] for row in rows]
        inward = [row[0] for row in texts if row[2] == "Ringing" and row[1].startswith("+")]
        if inward:
            number = inward[0].split("(")[-1].rstrip(")")
            break
        browser.press("clock", "Next event")
    if number is None:
        browser.found.append("no phone ever rings with a call from outside")
        return
    for _ in range(6):
        browser.open(f"{served.url}/phone/{number}")
        if len(browser.driver.find_elements(By.CSS_SELECTOR, ".screen p")) == 3:
            break
        browser.press("clock", "Next event")
    for look, scheme, width in LOOKS:
        browser.look(scheme, width)
        browser.open(f"{served.url}/phone/{number}")
        browser.check(f"{look}-phone")
    browser.driver.delete_all_cookies()
    browser.sign_in(served.url, number, "user123")
    for look, scheme, width in LOOKS:
        browser.look(scheme, width)
        for path in ["/portal", "/portal/phone", "/popup", "/portal/crm"]:
            browser.open(served.url + path)
            browser.check(look + path.replace("/", "-"))
    browser.open(served.url + "/popup")
    if not browser.driver.find_elements(By.CSS_SELECTOR, "#popup dl"):
        browser.found.append("the pop-up shows no call")


def finished(browser, served):
    browser.look("light", 1100)
    browser.sign_in(served.url, "admin", "admin123")
    WebDriverWait(browser.driver, 60).until(lambda driver: is_over(browser, served))
    for look, scheme, width in LOOKS:
        browser.look(scheme, width)
        for path in ["/dashboard", "/extensions", "/calls", "/cdr", "/cdr?sort=caller", "/cdr/1", "/events", "/crm",
                     "/requests", "/requests/1", "/models"]:
            browser.open(served.url + path)
            browser.check(look + path.replace("/", "-").replace("?", "-"))
            wide = browser.driver.execute_script(
                "return [...document.querySelectorAll('.scroll')].filter(e => !e.querySelector('img')"
                " && e.checkVisibility({ contentVisibilityAuto: true }) && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1).map(e => e.getAttribute('aria-label'))")
            for label in wide:
                browser.found.append(f"{look} {path}: the table \"{label}\" scrolls sideways")
    filters(browser, served)
    keyboard(browser, served)
    models(browser, served)


def is_over(browser, served):
    browser.open(served.url + "/dashboard")
    return "at their end" in browser.driver.find_element(By.ID, "clock-state").text


def filters(browser, served):
    browser.look("light", 1280)
    browser.open(served.url + "/cdr")
    count = len(browser.driver.find_elements(By.CSS_SELECTOR, "#cdr-table > tbody > tr:not(.fold)"))
    browser.driver.find_element(By.CSS_SELECTOR, "tr.fold summary").click()
    if not browser.driver.find_element(By.CSS_SELECTOR, "tr.fold table").is_displayed():
        browser.found.append("legs do not unfold")
    browser.check("legs-unfolded")
    browser.look("light", 390)
    browser.check("legs-unfolded-390")
    browser.look("light", 1280)
    browser.driver.find_element(By.NAME, "callerName").send_keys("<script>alert(1)</script>' OR 1=1 --")
    browser.press("filter")
    browser.expect("No call matches.")
    browser.check("hostile-filter")
    browser.open(served.url + "/cdr?status=BUSY")
    if not 0 < len(browser.driver.find_elements(By.CSS_SELECTOR, "#cdr-table > tbody > tr:not(.fold)")) < count:
        browser.found.append("the status filters nothing")
    browser.driver.find_element(By.CSS_SELECTOR, "th a[href*='sort=caller']").click()
    if browser.driver.find_element(By.CSS_SELECTOR, "th[aria-sort=ascending]").text.strip() != "Call From":
        browser.found.append("the list does not say by what it is sorted")


def keyboard(browser, served):
    """The first key leads past the header, and what has the focus can be seen."""
    browser.open(served.url + "/cdr")
    seen = browser.driver.execute_script(
        "document.querySelector('a.skip').focus(); const s = getComputedStyle(document.activeElement);"
        "return s.outlineStyle !== 'none' && document.activeElement.getBoundingClientRect().left >= 0")
    if not seen:
        browser.found.append("the way past the header is not seen when it has the focus")


def models(browser, served):
    browser.open(served.url + "/models")
    browser.press("show-second")
    browser.open(served.url + "/dashboard")
    if browser.driver.find_element(By.ID, "model").text != "UCM6202":
        browser.found.append("the pages are not those of the model that was chosen")
    browser.check("pages-of-the-other")
