"""What the cloud of every walk holds."""

EMAIL = "ann@example.com"
PASSWORD = "ann's password"
ONE_TIME_CODE = "123456"
GUIDE_SCOPES = "ZohoCRM.modules.leads.ALL,ZohoCRM.modules.deals.ALL,ZohoCRM.settings.ALL"
WIDE_SCOPES = (
    "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.READ,ZohoCRM.coql.READ,ZohoSearch.securesearch.READ")


def cloud(two_factor=False, settings=""):
    """Cloud data in which Ann, an administrator, can sign in."""
    return f"""
settings:
  oneTimeCode: "{ONE_TIME_CODE}"
{settings}
organisations:
  - name: Ann Ltd
    dataCentre: us
    timeZone: Europe/Berlin
    users:
      - fullName: Ann Owner
        email: {EMAIL}
        password: "{PASSWORD}"
        twoFactor: {"true" if two_factor else "false"}
      - {{fullName: Bo Seller, email: bo@example.com, password: "bo's password"}}
    contacts:
      - {{firstName: Cleo, lastName: Tester, phone: "+49 30 000055-01"}}
    leads:
      - {{firstName: Dan, lastName: Maybe, company: Example Ltd, phone: "+4930000056"}}
"""


def site_v2(client_id, client_secret, refresh_token, lookups="leads"):
    """The admin's and the user's CRM pages of the appliance, filled in with what the guide's reader now has."""
    return f"""
extensions:
  - {{number: 1000, name: Ann}}
crm:
  system: zoho-v2
  serverAddress: https://www.zohoapis.com
  contactLookups: [{lookups}]
  users:
    1000:
      clientID: {client_id}
      clientSecret: {client_secret}
      refreshToken: {refresh_token}
"""


def site_v1(token):
    """The same for version 1."""
    return f"""
extensions:
  - {{number: 1000, name: Ann}}
crm:
  system: zoho-v1
  serverAddress: https://crm.zoho.com
  contactLookups: [contacts, leads]
  users:
    1000:
      securityToken: "{token}"
"""
