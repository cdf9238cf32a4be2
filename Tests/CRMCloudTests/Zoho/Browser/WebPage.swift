/// A page as somebody in front of a browser sees it: texts by id, links and forms by what they say.
struct WebPage {
  let address: String
  let status: Int
  let html: String

  /// The text of the element with this id.
  func text(id: String) -> String? {
    html.matches(of: /\ id="([^"]*)"[^>]*>([^<]*)</).first { $0.1 == id }.map { Self.plain(String($0.2)) }
  }

  var title: String { html.firstMatch(of: /<h1>([^<]*)<\/h1>/).map { Self.plain(String($0.1)) } ?? "" }

  var notice: String? {
    html.firstMatch(of: /<p class="notice[^>]*>([^<]*)</).map { Self.plain(String($0.1)) }
  }

  /// The errors beside fields.
  var fieldErrors: [String] {
    html.matches(of: /<p class="error" role="alert">([^<]*)</).map { Self.plain(String($0.1)) }
  }

  /// Where the link with this text leads.
  func link(_ text: String) -> String? {
    html.matches(of: /<a href="([^"]*)"[^>]*>([^<]*)<\/a>/).first { Self.plain(String($0.2)) == text }
      .map { Self.plain(String($0.1)) }
  }

  var formIDs: [String] { html.matches(of: /<form id="([^"]*)"/).map { String($0.1) } }

  func form(_ id: String) -> WebForm? {
    html.matches(of: /<form id="([^"]*)" action="([^"]*)" method="([^"]*)">(?s)(.*?)<\/form>/)
      .first { $0.1 == id }
      .map { WebForm(action: Self.plain(String($0.2)), isPost: $0.3 == "post", content: String($0.4)) }
  }

  /// The cells of a table's rows.
  func rows(_ id: String) -> [[String]] {
    let tables = html.matches(of: /(?s)<table[^>]* id="([^"]*)">.*?<tbody[^>]*>(.*?)<\/tbody>/)
    guard let table = tables.first(where: { $0.1 == id }) else { return [] }
    return String(table.2).matches(of: /(?s)<tr[^>]*>(.*?)<\/tr>/).map { row in
      row.1.matches(of: /(?s)<td[^>]*>(.*?)<\/td>/).map {
        Self.plain(String($0.1).replacing(/<[^>]*>/, with: "")).trimmed
      }
    }
  }

  static func plain(_ text: String) -> String {
    var text = text
    for (mark, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
      text = text.replacing(mark, with: character)
    }
    return text
  }
}

/// A form with what stands in its fields.
struct WebForm {
  let action: String
  let isPost: Bool
  /// Names and values sent if nobody changes anything.
  private(set) var values: [(name: String, value: String)] = []
  /// Labels of the buttons, and what each sends.
  private(set) var buttons: [(label: String, name: String, value: String)] = []

  init(action: String, isPost: Bool, content: String) {
    self.action = action
    self.isPost = isPost
    for match in content.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/) {
      values.append((WebPage.plain(String(match.1)), WebPage.plain(String(match.2))))
    }
    for match in content.matches(of: /<input type="([a-z]+)" id="[^"]*" name="([^"]*)" value="([^"]*)"([^>]*)>/) {
      if match.1 == "checkbox", !match.4.contains("checked") { continue }
      values.append((WebPage.plain(String(match.2)), WebPage.plain(String(match.3))))
    }
    for match in content.matches(of: /(?s)<textarea id="[^"]*" name="([^"]*)"[^>]*>(.*?)<\/textarea>/) {
      values.append((String(match.1), WebPage.plain(String(match.2))))
    }
    for match in content.matches(of: /(?s)<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)<\/select>/) {
      let options = String(match.2).matches(of: /<option value="([^"]*)"([^>]*)>/)
      let chosen = options.first { $0.2.contains("selected") } ?? options.first
      values.append((String(match.1), chosen.map { WebPage.plain(String($0.1)) } ?? ""))
    }
    for match in content.matches(of: /<button type="submit"(?: name="([^"]*)" value="([^"]*)")?>([^<]*)</) {
      buttons.append((WebPage.plain(String(match.3)), String(match.1 ?? ""), String(match.2 ?? "")))
    }
  }

  subscript(name: String) -> String? { values.first { $0.name == name }?.value }

  /// Enters a value; one for a field that is not there counts as well, as a hand-made request would have it.
  mutating func set(_ name: String, _ value: String?) {
    values.removeAll { $0.name == name }
    if let value { values.append((name, value)) }
  }
}

extension String {
  var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}
