"""The guides of the seed checklist, each from its first click to what its reader wants: Logged In, an answer, a page.

Every walk is a function of the program; it raises AssertionError where a page, an answer or the doctor is not what the
guide says. The numbers are those of the seed checklist.
"""

import contextlib
import re
import urllib.parse

import people
from served_cloud import ServedCloud
from walker import Walker

DUMMY = "https://dummy.example/"
APPLIANCE = "https://192.168.0.46:8089/"


@contextlib.contextmanager
def served(ucmsim, pictures, walk, data=None, **options):
    """A cloud of its own and somebody in front of a browser, gone when the walk is over, however it ends."""
    cloud = ServedCloud(ucmsim, people.cloud() if data is None else data, **options)
    try:
        walker = Walker(cloud, walk, pictures)
        try:
            yield cloud, walker
        finally:
            walker.close()
    finally:
        cloud.close()


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def logged_in(checks):
    """Whether the doctor says of the user what the user's page would."""
    return any(check["point"] == "loginStatus" and check["finding"].startswith("Logged In") for check in checks["checks"])


def wrong(checks):
    """What the doctor finds, without the rest of its report."""
    return [f"{check['title']}: {check['finding']}" for check in checks["checks"] if check["status"] == "wrong"]


def exchange(cloud, client, secret, code, redirect=None):
    form = {"grant_type": "authorization_code", "client_id": client, "client_secret": secret, "code": code}
    if redirect:
        form["redirect_uri"] = redirect
    status, reply = cloud.tokens(form)
    expect(status == 200 and "refresh_token" in reply, f"the token request answered {status} {sorted(reply)}")
    return reply["refresh_token"]


def legacy_token(ucmsim, pictures):
    """Rows 9 to 12: two-factor sign-in, an application's password, the token URL, Logged In on version 1."""
    with served(ucmsim, pictures, "legacy-token", people.cloud(two_factor=True), clock="2018-05-01T08:00:00Z") as (cloud, walker):
        walker.open("https://accounts.zoho.com/")
        walker.sign_in(people.EMAIL, people.PASSWORD)
        walker.submit("signin-code", {"code": people.ONE_TIME_CODE})
        walker.follow("Two Factor Authentication")
        walker.follow("Manage Application Specific Passwords")
        walker.submit("generate", {"name": "UCM", "password": people.PASSWORD})
        shown = walker.text("app-password")
        expect(" " in shown, "the application's password is shown in groups")
        create = "https://accounts.zoho.com/apiauthtoken/nb/create?"
        pairs = {"SCOPE": "ZohoCRM/crmapi", "EMAIL_ID": people.EMAIL, "DISPLAY_NAME": "UCM"}
        walker.open(create + urllib.parse.urlencode(pairs | {"PASSWORD": people.PASSWORD}))
        expect("CAUSE=WEB_LOGIN_REQUIRED" in walker.whole, "the account's password is refused")
        walker.open(create + urllib.parse.urlencode(pairs | {"PASSWORD": shown.replace(" ", "")}))
        token = re.search(r"AUTHTOKEN=([0-9a-f]{32})", walker.whole)
        expect(token is not None, "the page shows the token")
        code, checks = cloud.doctor(people.site_v1(token[1]))
        expect(code == 0 and logged_in(checks), f"the doctor finds something wrong: {wrong(checks)}")


def phone_bridge(ucmsim, pictures):
    """Rows 15 and 16: Setup > Channels > Telephony > Asterisk > Integrate > Continue, a group for each extension."""
    with served(ucmsim, pictures, "phone-bridge") as (cloud, walker):
        walker.open("https://crm.zoho.com/")
        walker.sign_in(people.EMAIL, people.PASSWORD)
        walker.follow("Setup")
        walker.follow("Telephony")
        walker.follow("Integrate Asterisk")
        walker.submit("continue", button="Continue")
        walker.submit("group", {"name": "Reception", "extension-1": "1000"}, "Save and add another group")
        walker.submit("group", {"name": "Sales", "extension-1": "1000"}, status=400)
        expect(walker.driver.find_elements("css selector", ".error"), "an extension is in one group only")
        walker.submit("group", {"extension-1": "1001"})
        expect("Reception" in walker.whole and "Sales" in walker.whole, "both groups are listed")


def old_console(ucmsim, pictures):
    """Rows 17 to 21 and 29: Add Client ID, Self-Client, View Code, tokens, Logged In on version 2."""
    with served(ucmsim, pictures, "old-console") as (cloud, walker):
        walker.open("https://accounts.zoho.com/developerconsole")
        walker.sign_in(people.EMAIL, people.PASSWORD)
        walker.follow("Add Client ID")
        walker.submit("add-client", {
            "name": "UCM", "homepage": "example.com", "redirect_uris": DUMMY, "type": "serverBased"})
        client, secret = walker.text("client-id"), walker.text("client-secret")
        walker.follow("Close")
        for scopes, expected in [(people.GUIDE_SCOPES, 1), (people.WIDE_SCOPES, 0)]:
            walker.open("https://accounts.zoho.com/developerconsole/self/" + client)
            walker.submit("self-client", {"scope": scopes, "duration": "10"})
            refresh = exchange(cloud, client, secret, walker.text("code"), DUMMY)
            code, checks = cloud.doctor(people.site_v2(client, secret, refresh, "contacts, leads"))
            expect(logged_in(checks), f"not Logged In: {wrong(checks)}")
            # The guide's own scopes log in and open neither contacts nor the call log.
            expect(code == expected, f"{scopes}: the doctor exits with {code}: {wrong(checks)}")


def new_console(ucmsim, pictures):
    """Rows 23 to 28: server-based client, Self Client, both bindings of its code, and the authorization URL."""
    binding = "  selfClientBinding: anyClientOfAccount"
    for settings, mixed in [("", "invalid_code"), (binding, None)]:
        with served(ucmsim, pictures, "new-console" + ("-mixed" if settings else ""), people.cloud(settings=settings)) as (cloud, walker):
            walker.open("https://api-console.zoho.com/")
            walker.sign_in(people.EMAIL, people.PASSWORD)
            walker.follow("GET STARTED")
            walker.follow("CREATE NOW", "/add/serverBased")
            walker.submit("add-client", {
                "name": "UCM", "homepage": "https://example.com", "redirect_uris": APPLIANCE})
            client, secret = walker.text("client-id"), walker.text("client-secret")
            walker.open("https://api-console.zoho.com/add/selfClient")
            walker.submit("add-client")
            own, own_secret = walker.text("client-id"), walker.text("client-secret")
            codes = []
            for _ in range(2):
                walker.follow("Generate Code")
                walker.submit("generate-code", {
                    "scope": people.WIDE_SCOPES, "duration": "10", "description": "UCM"})
                if walker.has("tenant"):
                    walker.submit("tenant")
                codes.append(walker.text("code"))
                walker.follow("Done")
            _, reply = cloud.tokens({
                "grant_type": "authorization_code", "client_id": client, "client_secret": secret, "code": codes[0],
                "redirect_uri": APPLIANCE})
            expect(reply.get("error") == mixed, f"the mixed exchange answers {sorted(reply)}")
            refresh = exchange(cloud, own, own_secret, codes[1])
            code, checks = cloud.doctor(people.site_v2(own, own_secret, refresh))
            expect(code == 0 and logged_in(checks), f"the doctor finds something wrong: {wrong(checks)}")
            # The alternative: the code is read from the address bar, whatever the appliance answers there.
            pairs = {
                "scope": "ZohoCRM.users.ALL", "client_id": client, "response_type": "code",
                "access_type": "offline", "redirect_uri": APPLIANCE}
            walker.open("https://accounts.zoho.com/oauth/v2/auth?" + urllib.parse.urlencode(pairs))
            if walker.has("tenant"):
                walker.submit("tenant")
            walker.submit("consent", button="Accept")
            answer = urllib.parse.parse_qs(urllib.parse.urlsplit(walker.address).query)
            expect("code" in answer and answer.get("location") == ["us"], f"the redirect carries {sorted(answer)}")
            exchange(cloud, client, secret, answer["code"][0], APPLIANCE)


def desk_connector(ucmsim, pictures):
    """Rows 33 to 38: a connector for Desk, its client, its authorization, one call."""
    data = people.cloud() + """    deskPortals:
      - {companyName: First Help, portalName: first, tickets: [{subject: First question}]}
"""
    with served(ucmsim, pictures, "desk-connector", data) as (cloud, walker):
        walker.open("https://sigma.zoho.com/connectors")
        walker.sign_in(people.EMAIL, people.PASSWORD)
        walker.follow("New connector")
        token = "https://accounts.zoho.com/oauth/v2/token"
        scopes = "Desk.tickets.READ,Desk.basic.READ,Desk.contacts.READ"
        walker.submit("new-connector", {
            "name": "Desk", "access_url": token, "refresh_url": token,
            "request_url": f"https://accounts.zoho.com/oauth/v2/auth?scope={scopes}&access_type=offline"})
        redirect, dialog = walker.text("redirect-url"), walker.address
        walker.open("https://api-console.zoho.com/add/serverBased")
        walker.submit("add-client", {"name": "Sigma", "homepage": "https://example.com", "redirect_uris": redirect})
        client, secret = walker.text("client-id"), walker.text("client-secret")
        walker.open(dialog)
        walker.submit("credentials", {"client_id": client, "client_secret": secret})
        page = walker.address
        walker.submit("authorize")
        if walker.has("tenant"):
            walker.submit("tenant")
        walker.submit("consent", button="Accept")
        expect(walker.text("authorization") == "Authorized", "the connector is authorized")
        walker.open(page.rstrip("/") + "/apis")
        walker.submit("new-api", {
            "name": "Tickets", "method": "GET", "url": "https://desk.zoho.com/api/v1/tickets",
            "headers": "orgId=650000001"})
        walker.open(page)
        walker.submit("execute-tickets")
        expect("First question" in walker.text("result-tickets"), "the tickets are read")


def active_users(ucmsim, pictures):
    """Rows 40 to 46: a token for a list of active users; without prompt=consent the second comes without a refresh
    token, and after the connected app is deleted it comes with one again."""
    callback = "https://inventory.example/callback"
    with served(ucmsim, pictures, "active-users") as (cloud, walker):
        walker.open("https://api-console.zoho.com/")
        walker.sign_in(people.EMAIL, people.PASSWORD)
        walker.open("https://api-console.zoho.com/add/serverBased")
        walker.submit("add-client", {
            "name": "Snow", "homepage": "https://inventory.example", "redirect_uris": callback})
        client, secret = walker.text("client-id"), walker.text("client-secret")

        def token():
            pairs = {
                "scope": "ZohoCRM.users.READ", "client_id": client, "response_type": "code",
                "access_type": "offline", "redirect_uri": callback}
            walker.open("https://accounts.zoho.com/oauth/v2/auth?" + urllib.parse.urlencode(pairs))
            if walker.has("tenant"):
                walker.submit("tenant")
            if walker.has("consent"):
                walker.submit("consent", button="Accept")
            answer = urllib.parse.parse_qs(urllib.parse.urlsplit(walker.address).query)
            return cloud.tokens({
                "grant_type": "authorization_code", "client_id": client, "client_secret": secret,
                "code": answer["code"][0], "redirect_uri": callback})[1]

        first = token()
        expect("refresh_token" in first, "the first authorization brings a refresh token")
        status, text = cloud.ask(
            "GET", "https://www.zohoapis.com/crm/v2/users?type=ActiveUsers",
            headers={"Authorization": "Zoho-oauthtoken " + first["access_token"]})
        expect(status == 200 and "Bo Seller" in text, f"the users are listed: {status}")
        expect("refresh_token" not in token(), "the second authorization brings no refresh token")
        walker.open("https://accounts.zoho.com/")
        walker.follow("Connected Apps")
        walker.submit("delete-" + client)
        expect("refresh_token" in token(), "after deletion there is a refresh token again")


def connections(ucmsim, pictures):
    """Rows 47 to 57: a custom service for MailChimp, its connection, and a function that uses it."""
    with served(ucmsim, pictures, "connections") as (cloud, walker):
        walker.open("https://login.mailchimp.com/registered-apps")
        walker.submit("register", {
            "name": "My CRM", "redirect_uris": "https://deluge.zoho.com/delugeauth/callback"})
        cells = [cell.text for cell in walker.driver.find_elements("css selector", "#apps tbody tr:last-child td")]
        walker.open("https://crm.zoho.com/")
        walker.sign_in(people.EMAIL, people.PASSWORD)
        walker.follow("Setup")
        walker.follow("Connections")
        walker.follow("Create Connection")
        walker.follow("Create a custom service")
        oauth = "https://login.mailchimp.com/oauth2/"
        walker.submit("custom-service", {
            "service_name": "MailChimp", "client_id": cells[1], "client_secret": cells[2],
            "request_url": oauth + "authorize", "access_url": oauth + "token", "refresh_url": oauth + "token",
            "connection_name": "My Chimp"})
        walker.submit("consent", {"account": people.EMAIL}, "Allow")
        expect(walker.text("status") == "Connected", "the connection is made")
        expect('connection:"my_chimp"' in walker.text("code"), "the code box names the connection")
        walker.open("https://crm.zoho.com/crm/settings/functions/new")
        script = 'r = invokeurl [ url :"https://login.mailchimp.com/oauth2/metadata" connection:"my_chimp" ]; return r;'
        walker.submit("new-function", {"name": "metadata", "script": script})
        walker.submit("run")
        expect('"dc"' in walker.text("output"), "the function reads MailChimp's metadata")


def records(ucmsim, pictures):
    """Rows 30 to 32: a contact is edited and found by its new number; a call shows under Todays Calls."""
    with served(ucmsim, pictures, "records") as (cloud, walker):
        walker.open("https://crm.zoho.com/")
        walker.sign_in(people.EMAIL, people.PASSWORD)
        walker.follow("Contacts")
        walker.follow("Cleo Tester")
        walker.follow("Edit")
        walker.submit("record", {"Last_Name": "Tester-Neu", "Phone": "+49 30 777"})
        expect(walker.title == "Cleo Tester-Neu", "the edited name is shown")
        walker.open("https://api-console.zoho.com/add/selfClient")
        walker.submit("add-client")
        client, secret = walker.text("client-id"), walker.text("client-secret")
        walker.follow("Generate Code")
        walker.submit("generate-code", {"scope": people.WIDE_SCOPES, "duration": "3", "description": "UCM"})
        if walker.has("tenant"):
            walker.submit("tenant")
        refresh = exchange(cloud, client, secret, walker.text("code"))
        _, reply = cloud.tokens({
            "grant_type": "refresh_token", "client_id": client, "client_secret": secret, "refresh_token": refresh})
        field = {"Authorization": "Zoho-oauthtoken " + reply["access_token"]}
        status, text = cloud.ask(
            "GET", "https://www.zohoapis.com/crm/v2/Contacts/search?phone=%2B49%2030%20777", headers=field)
        expect(status == 200 and "Tester-Neu" in text, f"the new number is found: {status}")
        walker.open("https://crm.zoho.com/")
        walker.follow("Reports")
        walker.follow("Activity reports")
        walker.follow("Todays Calls")
        expect(walker.text("report-count") == "0", "no call yet")


def ports(ucmsim, pictures):
    """Row 24 without names: every host behind a port of its own, from sign-in over the console to the CRM's pages."""
    with served(ucmsim, pictures, "ports", port_per_host=19500) as (cloud, walker):
        walker.open(cloud.addresses["api-console.zoho.com"] + "/add/selfClient")
        walker.sign_in(people.EMAIL, people.PASSWORD)
        walker.submit("add-client")
        expect(walker.text("client-id").startswith("1000."), "the self client is made")
        walker.open(cloud.addresses["crm.zoho.com"])
        walker.follow("Setup")
        walker.follow("APIs")
        walker.follow("API console")
        expect(walker.address.startswith(cloud.addresses["api-console.zoho.com"]), "the link leads to the port")


ALL = {
    walk.__name__.replace("_", "-"): walk for walk in [
        legacy_token, phone_bridge, old_console, new_console, desk_connector, active_users, connections, records,
        ports]
}
