import Foundation
import FoundationXML

/// The rows of `xmlData`: `<Contacts><row no="1"><FL val="Last Name">…</FL></row></Contacts>`.
struct ZohoXMLRows {
  /// Rows of one request (documented).
  static let maximumRows = 100
  /// Fields of one row.
  static let maximumFields = 200

  struct Row: Hashable {
    let number: String
    /// In their order; labels as written.
    var fields: [(label: String, value: String)] = []

    static func == (left: Row, right: Row) -> Bool {
      left.number == right.number && left.fields.map(\.label) == right.fields.map(\.label)
        && left.fields.map(\.value) == right.fields.map(\.value)
    }
    func hash(into hasher: inout Hasher) { hasher.combine(number) }

    /// The first value of a label, upper and lower case alike.
    subscript(label: String) -> String? { fields.first { $0.label.lowercased() == label.lowercased() }?.value }
  }

  /// - Throws: `xmlParseError` for anything but rows of that module; `wrongParameter` for too many.
  static func read(_ text: String, module: String) throws(ZohoV1Error) -> [Row] {
    guard let text = ZohoXMLSubset.text(of: text) else { throw .xmlParseError }
    let reader = Reader(module: module)
    let parser = XMLParser(data: Data(text.utf8))
    parser.shouldResolveExternalEntities = false
    parser.delegate = reader
    guard parser.parse(), reader.failure == nil, reader.isComplete else { throw reader.failure ?? .xmlParseError }
    guard !reader.rows.isEmpty else { throw .parameterMissing }
    return reader.rows
  }

  private final class Reader: NSObject, XMLParserDelegate {
    let module: String
    var rows: [Row] = []
    var failure: ZohoV1Error?
    var isComplete = false
    private var depth = 0
    private var label: String?
    private var value = ""

    init(module: String) { self.module = module }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      depth += 1
      switch (depth, name) {
      case (1, module): break
      case (2, "row") where rows.count < ZohoXMLRows.maximumRows: rows.append(Row(number: attributes["no"] ?? ""))
      case (2, "row"): fail(.wrongParameter, parser)
      case (3, "FL") where (rows.last?.fields.count ?? 0) < ZohoXMLRows.maximumFields:
        label = attributes["val"]
        value = ""
        if label == nil { fail(.xmlParseError, parser) }
      case (_, _): fail(.xmlParseError, parser)
      }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if label != nil { value += text }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
      if label != nil { value += String(decoding: block, as: UTF8.self) }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      depth -= 1
      if depth == 2, let ended = label {
        if !rows.isEmpty { rows[rows.count - 1].fields.append((ended, value)) }
        label = nil
      }
      if depth == 0 { isComplete = true }
    }

    private func fail(_ error: ZohoV1Error, _ parser: XMLParser) {
      if failure == nil { failure = error }
      parser.abortParsing()
    }
  }
}
