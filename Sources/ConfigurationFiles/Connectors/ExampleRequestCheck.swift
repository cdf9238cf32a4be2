import CRMConnectors
import JSON

/// `request:` of an example: what the description has to ask, exactly.
struct ExampleRequestCheck {
  let entry: Entry

  func hold(against request: TrialRequest?) {
    guard let mapping = entry.mapping(keys: ["method", "target", "json", "form", "headers"]) else { return }
    guard let request else {
      entry.report("the description asks for nothing here", remedy: "leave `request` out")
      return
    }
    compare(mapping["method"], request.method)
    compare(mapping["target"], request.target)
    compare(mapping["form"], String(decoding: request.body, as: UTF8.self))
    if let headers = mapping["headers"] {
      for item in headers.dictionary(of: "header fields") {
        let field = request.headers.first { $0.name.lowercased() == item.key.lowercased() }
        guard item.value.text(maxLength: 2000) != field?.value else { continue }
        // Never shown: it can hold a secret.
        item.value.report("the description sends another value of this header field, or none")
      }
    }
    guard let json = mapping["json"] else { return }
    let expected = JSONValue(parsing: json.json().bytes())
    guard expected != JSONValue(parsing: request.body) else { return }
    json.report("the description asks otherwise: \(Self.shown(String(decoding: request.body, as: UTF8.self)))")
  }

  private func compare(_ entry: Entry?, _ actual: String) {
    guard let entry, let expected = entry.text(maxLength: 4000), expected != actual else { return }
    entry.report("the description asks otherwise: \(Self.shown(actual))")
  }

  /// Long enough to find the difference.
  private static func shown(_ text: String) -> String {
    String(text.unicodeScalars.prefix(500).map { $0.properties.generalCategory == .control ? " " : Character($0) })
  }
}
