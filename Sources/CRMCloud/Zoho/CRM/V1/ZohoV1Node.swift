import JSON
import Primitives

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
    for (name, value) in attributes { output += " \(name)=\"\(XMLText.escaped(value))\"" }
    output += ">"
    if let text { output += isWrapped ? XMLText.section(text) : XMLText.escaped(text) }
    for child in children { child.writeXML(to: &output) }
    output += "</\(name)>"
  }

  /// The element as the one member of an object; of it alone the attributes come last (observed).
  var json: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(UInt8(ascii: "{"))
    JSONText.append(member: name, isFirst: true, to: &bytes)
    writeJSON(attributesLast: true, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private func writeJSON(attributesLast: Bool = false, to bytes: inout [UInt8]) {
    if attributes.isEmpty, children.isEmpty { return JSONText.append(text ?? "", to: &bytes) }
    bytes.append(UInt8(ascii: "{"))
    if !attributesLast { writeAttributes(isFirst: true, to: &bytes) }
    var isFirst = attributesLast || attributes.isEmpty
    for (index, child) in children.enumerated() {
      let name = child.name
      if index > 0, children[..<index].contains(where: { $0.name == name }) { continue }
      JSONText.append(member: name, isFirst: isFirst, to: &bytes)
      isFirst = false
      guard children[(index + 1)...].contains(where: { $0.name == name }) else {
        child.writeJSON(to: &bytes)
        continue
      }
      bytes.append(UInt8(ascii: "["))
      child.writeJSON(to: &bytes)
      for other in children[(index + 1)...] where other.name == name {
        bytes.append(UInt8(ascii: ","))
        other.writeJSON(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    }
    if let text {
      JSONText.append(member: "content", isFirst: isFirst, to: &bytes)
      isFirst = false
      JSONText.append(text, to: &bytes)
    }
    if attributesLast { writeAttributes(isFirst: isFirst, to: &bytes) }
    bytes.append(UInt8(ascii: "}"))
  }

  private func writeAttributes(isFirst: Bool, to bytes: inout [UInt8]) {
    for (index, attribute) in attributes.enumerated() {
      JSONText.append(member: attribute.name, isFirst: isFirst && index == 0, to: &bytes)
      JSONText.append(attribute.value, to: &bytes)
    }
  }
}
