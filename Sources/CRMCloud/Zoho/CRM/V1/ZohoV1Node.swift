import JSON

/// An element of an answer, written as XML or as the JSON that Zoho makes of the same XML: attributes become members,
/// text beside them `content`, and an element that stands there once an object, several times an array (observed by
/// every client of the API).
struct ZohoV1Node: Hashable {
  let name: String
  var attributes: [(name: String, value: String)] = []
  var text: String?
  /// Whether XML wraps the text in CDATA; ids stand bare (documented in samples).
  var isWrapped = false
  var children: [ZohoV1Node] = []

  init(_ name: String, _ attributes: [(name: String, value: String)] = [], _ children: [ZohoV1Node] = []) {
    self.name = name
    self.attributes = attributes
    self.children = children
  }

  init(_ name: String, text: String, isWrapped: Bool = false) {
    self.name = name
    self.text = text
    self.isWrapped = isWrapped
  }

  /// `<FL val="Phone"><![CDATA[…]]></FL>`.
  static func field(_ label: String, _ value: String, isWrapped: Bool = true) -> ZohoV1Node {
    var node = ZohoV1Node("FL", text: value, isWrapped: isWrapped)
    node.attributes = [("val", label)]
    return node
  }

  static func == (left: ZohoV1Node, right: ZohoV1Node) -> Bool { left.xml == right.xml }
  func hash(into hasher: inout Hasher) { hasher.combine(xml) }

  var xml: String {
    var text = ""
    writeXML(to: &text)
    return text
  }

  private func writeXML(to output: inout String) {
    output += "<" + name
    for (name, value) in attributes { output += " \(name)=\"\(Self.escape(value))\"" }
    output += ">"
    if let text { output += isWrapped ? Self.wrap(text) : Self.escape(text) }
    for child in children { child.writeXML(to: &output) }
    output += "</\(name)>"
  }

  /// Members that stand before the attributes: of the outermost element the address comes last (observed).
  func json(attributesLast: Bool = false) -> JSONValue {
    if attributes.isEmpty, children.isEmpty { return .string(text ?? "") }
    var members: [JSONValue.Member] = []
    var names: [String] = []
    for child in children where !names.contains(child.name) { names.append(child.name) }
    for name in names {
      let same = children.filter { $0.name == name }.map { $0.json() }
      members.append(.init(name, same.count == 1 ? same[0] : .array(same)))
    }
    if let text { members.append(.init("content", .string(text))) }
    let own = attributes.map { JSONValue.Member($0.name, .string($0.value)) }
    return .object(attributesLast ? members + own : own + members)
  }

  /// XML 1.0 has no place for control characters, however they are written; they are left out.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 32 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || [9, 10, 13].contains(scalar.value)
  }

  private static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars where isAllowed(scalar) {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case _: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func wrap(_ text: String) -> String {
    var inside = ""
    inside.unicodeScalars.append(contentsOf: text.unicodeScalars.filter(isAllowed))
    // The end mark within the text is divided between two sections.
    return "<![CDATA["
      + inside.split(separator: "]]>", omittingEmptySubsequences: false)
      .joined(separator: "]]]]><![CDATA[>") + "]]>"
  }
}
