import Foundation
import FoundationXML

/// What a SOAP `login` asks with: an envelope whose body has `login` with `username` and `password`.
struct SOAPLoginRequest {
  let userName: String
  /// With the security token behind it.
  let password: String

  /// nil for anything else, a declaration of entities among it.
  init?(_ body: [UInt8]) {
    guard body.count <= 65_536, let text = ZohoXMLSubset.text(of: String(decoding: body, as: UTF8.self)) else {
      return nil
    }
    let reader = Reader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.delegate = reader
    guard parser.parse(), let userName = reader.values["username"], let password = reader.values["password"] else {
      return nil
    }
    self.userName = userName.trimmingCharacters(in: .whitespacesAndNewlines)
    self.password = password.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var values: [String: String] = [:]
    private var open: [String] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      open.append(name)
      if open.count > 16 { parser.abortParsing() }
      self.parser(parser, foundCharacters: "")
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      guard open.count == 4, open.prefix(3) == ["Envelope", "Body", "login"] else { return }
      values[open[3], default: ""] += text
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
      self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      _ = open.popLast()
    }
  }
}
