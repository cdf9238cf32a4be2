"""Headless Chromium in front of a served cloud, moved by what a reader of the guides sees: links, labels, buttons."""

import os
import subprocess
import urllib.parse

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

ELSEWHERE = {"192.168.0.46", "inventory.example"}


def spki_of(ca, port):
    """The digest of the server's key, by which Chromium is told to trust this one certificate."""
    script = (
        f"openssl s_client -connect 127.0.0.1:{port} -servername accounts.zoho.com -CAfile '{ca}' </dev/null"
        " 2>/dev/null | openssl x509 -pubkey -noout | openssl pkey -pubin -outform der"
        " | openssl dgst -sha256 -binary | openssl enc -base64")
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout.strip()


class Walker:
    """One browser with empty cookies. Every virtual host leads to the cloud, nothing leads elsewhere."""

    def __init__(self, cloud, name, pictures=None):
        # With ports of their own no host is looked up at all: whoever left this machine would find nothing.
        rules = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1" if cloud.addresses else f"MAP * 127.0.0.1:{cloud.port}"
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1100,900",
            "--user-data-dir=" + cloud.path("chromium-" + name), "--disable-background-networking", "--no-first-run",
            "--host-resolver-rules=" + rules,
            "--ignore-certificate-errors-spki-list=" + spki_of(cloud.ca, cloud.port),
        ]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(30)
        self.name = name
        self.pictures = pictures
        self.count = 0

    def open(self, url):
        self.driver.get(url)
        self._arrived()

    def follow(self, text, target=""):
        """Clicks the first link with exactly this text whose address ends in `target`."""
        for link in self.driver.find_elements(By.TAG_NAME, "a"):
            if link.text == text and link.get_attribute("href").endswith(target):
                self._press(link)
                self._arrived()
                return
        raise AssertionError(f"{self._place()} has no link \"{text}\"")

    def submit(self, form, values=None, button=None, status=200):
        """Fills fields in by their names and presses the first button, or the one with this text; `status` is what the
        page that follows is answered with."""
        try:
            element = self.driver.find_element(By.ID, form)
        except NoSuchElementException:
            raise AssertionError(f"{self._place()} has no form \"{form}\"") from None
        for name, value in (values or {}).items():
            self._fill(element, name, value)
        buttons = element.find_elements(By.CSS_SELECTOR, "button[type=submit]")
        chosen = [b for b in buttons if button is None or b.text == button]
        if not chosen:
            raise AssertionError(f"the form {form} has no button \"{button}\"")
        self._press(chosen[0])
        self._arrived(status)

    def _press(self, element):
        """Clicks and waits for the page after this one: a click may return while the old page still stands."""
        self.driver.execute_script("window.isOldPage = true")
        element.click()
        # Asked between two pages the browser may answer with an error; it is asked again.
        WebDriverWait(self.driver, 20, 0.05, ignored_exceptions=[WebDriverException]).until(
            lambda driver: driver.execute_script("return !window.isOldPage && document.readyState == 'complete'"))

    def _fill(self, form, name, value):
        field = form.find_element(By.NAME, name)
        if field.tag_name == "select":
            Select(field).select_by_value(value)
        elif field.get_attribute("type") == "checkbox":
            if field.is_selected() != value:
                field.click()
        else:
            field.clear()
            field.send_keys(value)

    def has(self, element):
        return bool(self.driver.find_elements(By.ID, element))

    def text(self, element):
        """What stands in the element with this id."""
        try:
            return self.driver.find_element(By.ID, element).text
        except NoSuchElementException:
            raise AssertionError(f"{self._place()} has no \"#{element}\"") from None

    @property
    def address(self):
        return self.driver.current_url

    @property
    def title(self):
        return self.driver.find_element(By.TAG_NAME, "h1").text

    @property
    def whole(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    def sign_in(self, email, password):
        self.submit("signin", {"email": email, "password": password})

    def _place(self):
        return f"{self.driver.current_url.split('?')[0]} ({self.driver.title})"

    def _arrived(self, status=200):
        self.count += 1
        if self.pictures:
            self.driver.save_screenshot(os.path.join(self.pictures, f"{self.name}-{self.count:02}.png"))
        complaints = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        refused = [text for text in complaints if f"status of {status} " in text]
        if status != 200 and not refused:
            raise AssertionError(f"{self._place()} was not answered with {status}")
        # Nobody serves these callbacks here; the guides read the address bar.
        if urllib.parse.urlsplit(self.address).hostname in ELSEWHERE:
            return
        for text in complaints:
            if text not in refused and "favicon.ico" not in text:
                raise AssertionError(f"{self._place()} complains: {text}")

    def close(self):
        self.driver.quit()
