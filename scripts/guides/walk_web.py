"""Walks the appliance's web interface with headless Chromium; exit code 1 where something is not as it should be."""

import argparse
import os
import re
import subprocess
import sys
import tempfile

import walk_web_calls
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from walk_web_crm import walk_crm

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ADMINISTRATORS = ["/dashboard", "/extensions", "/calls", "/cdr", "/events", "/crm", "/requests"]
USERS = ["/portal", "/portal/crm"]
LOOKS = [("light", "light", 1100), ("dark", "dark", 1100), ("phone", "light", 390)]


class Served:
    """`ucmsim serve` of the office's morning on free ports, until `close`."""

    def __init__(self, ucmsim, arguments):
        trace = os.path.join(ROOT, "fixtures/traces/office-morning/trace.pcap")
        site = os.path.join(ROOT, "fixtures/sites/loopback-office.yaml")
        self.process = subprocess.Popen(
            [ucmsim, "serve", trace, "--model", "UCM6304", "--site", site, "--port", "0", "--no-cdr-api",
             "--insecure-http", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        match = re.search(r"^web interface\s+(http://\S+)/", line)
        if not match:
            raise RuntimeError("ucmsim serve says: " + line)
        self.url = match[1]

    def close(self):
        self.process.terminate()
        self.process.wait(10)


class Browser:
    """One browser with empty cookies, from which no name is looked up."""

    def __init__(self, folder, pictures):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--user-data-dir=" + folder,
            "--disable-background-networking", "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(60)
        self.pictures = pictures
        self.found = []

    def look(self, scheme, width):
        self.driver.set_window_size(width, 900)
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def open(self, url):
        self.driver.get(url)

    def sign_in(self, url, name, password):
        self.open(url + "/signin")
        self.driver.find_element(By.NAME, "user").send_keys(name)
        self.driver.find_element(By.NAME, "password").send_keys(password)
        self.press("sign-in")

    def press(self, form, text=None):
        buttons = self.driver.find_elements(By.CSS_SELECTOR, f"form#{form} button")
        button = next(b for b in buttons if text is None or b.text == text)
        self.driver.execute_script("window.isOldPage = true")
        button.click()
        WebDriverWait(self.driver, 30).until(lambda d: d.execute_script(
            "return !window.isOldPage && document.readyState === 'complete'"))

    def check(self, name):
        """What no page may lack, and what the browser has to say of it."""
        where = self.driver.current_url
        expect = [
            ("one heading", "return document.querySelectorAll('h1').length === 1"),
            ("a language", "return document.documentElement.lang === 'en'"),
            ("the way past the header", "return document.querySelector('a.skip') !== null"),
            ("labels", "return [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
                       ".every(e => e.labels.length > 0)"),
            ("a proof in each form", "return [...document.querySelectorAll('form[method=post]')]"
                                     ".every(f => f.querySelector('[name=csrf]').value.length === 32)"),
            ("ids of their own", "const i = [...document.querySelectorAll('[id]')].map(e => e.id);"
                                 "return new Set(i).size === i.length"),
            ("no width beyond the window", "return document.documentElement.scrollWidth <= window.innerWidth"),
        ]
        for what, script in expect:
            if not self.driver.execute_script(script):
                self.found.append(f"{name} ({where}): lacks {what}")
        for entry in self.driver.get_log("browser"):
            # Lesser things are advice, as on the form of a password field.
            if entry["level"] == "SEVERE":
                self.found.append(f"{name} ({where}): {entry['message']}")
        if self.pictures:
            self.driver.save_screenshot(os.path.join(self.pictures, name + ".png"))

    def expect(self, text):
        if text not in self.driver.find_element(By.TAG_NAME, "main").text:
            self.found.append(f"{self.driver.current_url}: does not say \"{text}\"")


def walk(browser, served):
    for look, scheme, width in LOOKS:
        browser.look(scheme, width)
        browser.open(served.url + "/signin")
        browser.check(f"{look}-signin")
        for user, password, paths in [("admin", "admin123", ADMINISTRATORS), ("1001", "user123", USERS)]:
            browser.sign_in(served.url, user, password)
            for path in paths:
                browser.open(served.url + path)
                browser.check(look + path.replace("/", "-"))
            browser.driver.delete_all_cookies()
    browser.look("light", 1100)
    browser.sign_in(served.url, "admin", "admin123")
    browser.press("clock", "Pause")
    browser.expect("Paused.")
    browser.press("clock", "Resume")
    browser.expect("Running.")
    browser.open(served.url + "/calls")
    for _ in range(60):
        if browser.driver.find_elements(By.CSS_SELECTOR, "time.elapsed"):
            break
        browser.press("clock", "Next event")
    shown = browser.driver.execute_script("return (document.querySelector('time.elapsed') || {}).textContent")
    try:
        WebDriverWait(browser.driver, 30).until(lambda d: d.execute_script(
            "return document.querySelector('time.elapsed').textContent") != shown)
    except WebDriverException:
        browser.found.append("the time of a call does not go on")
    browser.check("end-talking")
    browser.open(served.url + "/crm")
    browser.press("crm")
    browser.open(served.url + "/calls")
    browser.check("end-calls")
    browser.open(served.url + "/cdr?startTime=yesterday")
    browser.expect("A filter cannot be read")
    browser.check("end-bad-filter")
    browser.driver.delete_all_cookies()
    walk_crm(browser, served, LOOKS)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ucmsim", default=os.path.join(ROOT, ".build/debug/ucmsim"))
    parser.add_argument("--pictures", help="folder for a picture of every page")
    arguments = parser.parse_args()
    if arguments.pictures:
        os.makedirs(arguments.pictures, exist_ok=True)
    served = Served(arguments.ucmsim, ["--speed", "0.2"])
    try:
        with tempfile.TemporaryDirectory(prefix="walk-web-", ignore_cleanup_errors=True) as folder:
            browser = Browser(folder, arguments.pictures)
            try:
                walk(browser, served)
                browser.driver.delete_all_cookies()
                walk_web_calls.walk(browser, lambda more: Served(arguments.ucmsim, more), ROOT)
            finally:
                browser.driver.quit()
    finally:
        served.close()
    for line in browser.found:
        print(line)
    print(f"walked the web interface: {len(browser.found)} findings")
    return 1 if browser.found else 0


if __name__ == "__main__":
    sys.exit(main())
