/// Names of CRM systems as the page's list has them; that of 2017 had none, SugarCRM and Salesforce (observed), later
/// ones more (documented).
enum CRMSystemName {
  static let all: [(module: String, text: String)] = [
    ("", "None"), ("sugarcrm", "SugarCRM"), ("vtiger", "vTigerCRM"), ("zoho-v1", "ZohoCRM v1"),
    ("zoho-v2", "ZohoCRM v2"), ("salesforce", "Salesforce"),
  ]

  static func text(_ module: String) -> String { all.first { $0.module == module }?.text ?? module }
}
