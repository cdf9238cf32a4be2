import HTTPTypes

/// The script of the entry page: leads a fragment that names a record on to that record's page.
enum SugarEntryScript {
  static let path = "/record.js"

  /// Only a module and an id of this form are taken over, and only into the address of the page's own form.
  static let text = """
    "use strict";
    const lead = () => {
      const found = /^#(Contacts|Leads|Accounts)\\/([A-Za-z0-9._~-]{1,64})$/.exec(location.hash);
      const form = document.getElementById("record-form");
      if (!found || !form) return;
      const query = new URLSearchParams({ module: found[1], action: "DetailView", record: found[2] });
      location.replace(`${form.getAttribute("action")}?${query}`);
    };
    addEventListener("hashchange", lead);
    lead();

    """

  /// nil for another request.
  static func answer(_ request: CloudRequest) -> CloudResponse? {
    guard request.path == path, request.method == .get else { return nil }
    return .typed(200, "text/javascript;charset=UTF-8", Array(text.utf8))
  }
}
