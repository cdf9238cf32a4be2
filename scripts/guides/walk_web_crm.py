"""Steps of the web interface's walk through the CRM pages: every system's fields, a change that reaches the replay, a
request that is sent again."""

from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

SYSTEMS = ["sugarcrm", "salesforce", "zoho-v1", "zoho-v2", "vtiger"]


def fill(browser, **values):
    for name, value in values.items():
        element = browser.driver.find_element(By.ID, name)
        if element.tag_name == "select":
            Select(element).select_by_value(value)
        elif element.get_attribute("type") == "checkbox":
            if element.is_selected() != value:
                element.click()
        else:
            element.clear()
            element.send_keys(value)


def wait_for_status(browser, url, wanted):
    """Loads the user's page until it shows the status."""
    def shows(driver):
        browser.open(url + "/portal/crm")
        return driver.find_element(By.ID, "crm-status").text == wanted
    try:
        WebDriverWait(browser.driver, 20).until(shows)
    except TimeoutException:
        browser.found.append(f"the user's page never shows \"{wanted}\"")


def choose(browser, url, system, address):
    browser.sign_in(url, "admin", "admin123")
    browser.open(f"{url}/crm?crm_module={system}")
    values = dict(number_add="leads", first_search="leads", second_search="contacts", third_search="")
    if address:
        values["crm_addr"] = address
    fill(browser, **values)
    browser.press("crm", "Save")
    browser.expect("There are changes that are not applied.")
    browser.check(f"crm-{system}-saved")
    browser.press("apply", "Apply Changes")
    browser.expect("The changes are applied.")
    browser.driver.delete_all_cookies()


def walk_crm(browser, served, looks):
    url = served.url
    for look, scheme, width in looks:
        browser.look(scheme, width)
        browser.sign_in(url, "admin", "admin123")
        for system in SYSTEMS:
            browser.open(f"{url}/crm?crm_module={system}")
            browser.check(f"{look}-crm-{system}")
        browser.driver.delete_all_cookies()
    browser.look("light", 1100)
    # A mistake is told at its field.
    browser.sign_in(url, "admin", "admin123")
    browser.open(url + "/crm?crm_module=sugarcrm")
    fill(browser, crm_addr="crm.example.com", number_add="accounts", first_search="leads", second_search="",
         third_search="")
    browser.press("crm", "Save")
    browser.expect("Begin the address with http:// or https://.")
    browser.expect("Choose one that is looked up.")
    browser.check("crm-mistakes")
    browser.driver.delete_all_cookies()
    finish_replay(browser, url)
    send_again(browser, url, looks)
    change_system(browser, url, looks)


def finish_replay(browser, url):
    browser.sign_in(url, "admin", "admin123")
    fill(browser, speed="max")
    browser.press("clock", "Set speed")

    def is_at_end(driver):
        browser.open(url + "/requests")
        return driver.find_element(By.ID, "clock-state").text == "The traces are at their end."
    WebDriverWait(browser.driver, 60).until(is_at_end)
    browser.driver.delete_all_cookies()


def change_system(browser, url, looks):
    choose(browser, url, "vtiger", "https://vtiger.example.com")
    browser.sign_in(url, "1001", "user123")
    wait_for_status(browser, url, "Logged Out")
    browser.expect("lacks what the chosen CRM system asks for")
    fill(browser, enable_crm=True, crm_username="", crm_password="")
    browser.press("crm-user", "Save")
    browser.expect("Enter the Username.")
    browser.expect("Enter the Access Key.")
    browser.check("crm-user-mistakes")
    fill(browser, enable_crm=True, crm_username="anna", crm_password="an-access-key")
    browser.press("crm-user", "Save")
    wait_for_status(browser, url, "Logged In")
    if "an-access-key" in browser.driver.page_source:
        browser.found.append("the user's page shows the access key")
    for look, scheme, width in looks:
        browser.look(scheme, width)
        browser.open(url + "/portal/crm")
        browser.check(f"{look}-crm-user-vtiger")
    browser.look("light", 1100)
    browser.press("crm-user", "Clear Access Key")
    browser.expect("Cleared.")
    wait_for_status(browser, url, "Logged Out")
    browser.expect("Enable CRM is off")
    browser.driver.delete_all_cookies()


def send_again(browser, url, looks):
    browser.sign_in(url, "admin", "admin123")
    browser.open(url + "/requests")
    table = "//table[@id='requests-table']//tr[td[3]='%s']//a"
    links = {purpose: browser.driver.find_element(By.XPATH, table % purpose).get_attribute("href")
             for purpose in ["create", "search"]}
    browser.open(links["create"])
    browser.press("again-form", "Send again")
    browser.expect("sent again, it may do that a second time")
    browser.check("crm-again-confirm")
    browser.press("again-form", "Send it all the same")
    browser.expect("Sent again as")
    browser.expect("Differs")
    browser.check("crm-again-created")
    browser.open(links["search"])
    browser.press("again-form", "Send again")
    browser.expect("Differences")
    for look, scheme, width in looks:
        browser.look(scheme, width)
        browser.driver.refresh()
        browser.check(f"{look}-crm-again")
    browser.look("light", 1100)
    browser.open(url + "/requests")
    browser.expect("(by hand)")
    browser.check("crm-again-list")
    browser.driver.delete_all_cookies()
