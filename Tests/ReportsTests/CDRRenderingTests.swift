import Foundation
import HardwareProfiles
import PBXModel
import Primitives
import Reports
import Simulation
import TestSupport
import Testing

private func rendered(
  _ sessions: [CDRSession], _ format: CDRFormat, _ layout: CDRLayout, in zone: SiteTimeZone = .utc
) -> String {
  String(decoding: CDRRendering.document(of: sessions, as: format, layout: layout, in: zone), as: UTF8.self)
}

private func session(_ change: (inout CDRRecord) -> Void) throws -> CDRSession {
  var row = CDRRecord.internalCall()
  change(&row)
  return try #require(CDRSession(rows: [row]))
}

@Suite struct CDRRenderingTests {
  /// The first session of each age alone, in the notation's own words.
  @Test(arguments: CDRReferenceRows.all.indices)
  func everyColumnHasTheValueOfTheReference(index: Int) {
    let rows = CDRReferenceRows.all[index]
    let first = Array(rows.sessions.prefix(1))
    let layout = CDRLayout(schema: rows.schema)
    #expect(rows.columns.map(\.name) == rows.schema.fields.map(\.rawValue))
    func escaped(_ text: String) -> String { text.replacingOccurrences(of: "\"", with: "\\\"") }
    let members = rows.columns.map { "\"\($0.name)\":\"\(escaped($0.value))\"" }.joined(separator: ",")
    let id = rows.columns.first { $0.name == "session" }.map { "\"cdr\":\"\($0.value)\"," } ?? ""
    let root = rows.schema == .fields22 ? "cdr" : "cdr_root"
    #expect(rendered(first, .json, layout, in: rows.timeZone) == "{\"\(root)\":[{\(id)\(members)}]}")
    func marked(_ text: String) -> String {
      text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
        .replacingOccurrences(of: ">", with: "&gt;")
    }
    let elements = rows.columns.map { "<\($0.name)>\(marked($0.value))</\($0.name)>" }.joined()
    let idElement = rows.columns.first { $0.name == "session" }.map { "<cdr>\($0.value)</cdr>" } ?? ""
    #expect(
      rendered(first, .xml, layout, in: rows.timeZone) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <root>
        <\(root)>\(idElement)\(elements)</\(root)>
        </root>

        """)
    func quoted(_ text: String) -> String {
      rows.schema == .fields22 || !text.contains { "\",".contains($0) }
        ? text : "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
    #expect(
      rendered(first, .csv, layout, in: rows.timeZone)
        == rows.columns.map(\.name).joined(separator: ",") + "\n"
        + rows.columns.map { quoted($0.value) }.joined(separator: ",") + "\n")
  }

  @Test(arguments: CDRReferenceRows.all.indices, CDRFormat.allCases)
  func aWholeDocumentIsTheOneKept(index: Int, format: CDRFormat) throws {
    let rows = CDRReferenceRows.all[index]
    let suffix = format == .guiCSV ? "gui.csv" : format.rawValue
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../fixtures/cdr/\(rows.schema.rawValue).\(suffix)")
    let kept = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    let layout = CDRLayout(schema: rows.schema, hasEmptyEntryIDs: rows.schema == .fields43)
    #expect(rendered(rows.sessions, format, layout, in: rows.timeZone) == kept)
  }

  @Test(arguments: CDRReferenceRows.all.indices, CDRFormat.allCases)
  func emptyingTheBufferBetweenStepsChangesNothing(index: Int, format: CDRFormat) {
    let rows = CDRReferenceRows.all[index]
    let layout = CDRLayout(schema: rows.schema)
    var rendering = CDRRendering(format, layout: layout, timeZone: rows.timeZone)
    var pieces: [String] = []
    func step(_ write: (inout [UInt8]) -> Void) {
      var bytes: [UInt8] = []
      write(&bytes)
      pieces.append(String(decoding: bytes, as: UTF8.self))
    }
    step { rendering.start(&$0) }
    for session in rows.sessions { step { rendering.append(session, to: &$0) } }
    step { rendering.finish(&$0) }
    #expect(pieces.joined() == rendered(rows.sessions, format, layout, in: rows.timeZone))
  }

  @Test(arguments: [
    (CDRSchema.fields22, CDRFormat.json, #"{"cdr":[]}"#), (.fields32, .json, #"{"cdr_root":[]}"#),
    (.fields43, .json, #"{"cdr_root":[]}"#),
    (.fields22, .xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root>\n</root>\n"),
    (.fields43, .xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root>\n</root>\n"),
  ])
  func noSessionIsAnEmptyContainer(schema: CDRSchema, format: CDRFormat, document: String) {
    #expect(rendered([], format, CDRLayout(schema: schema)) == document)
  }

  /// Reference section 8: an answer of firmware 1.0.33.30 has nothing but the list.
  @Test func noStatusStandsBesideTheList() throws {
    let document = rendered(CDRReferenceRows.of63xx.sessions, .json, CDRLayout(schema: .fields43))
    let object = try #require(JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
    #expect(Array(object.keys) == ["cdr_root"])
  }

  @Test func rowsOf2013StandEachForItself() {
    let document = rendered([CDRReferenceRows.of62xx.sessions[1]], .json, CDRLayout(schema: .fields22))
    #expect(!document.contains("main_cdr"))
    #expect(document.components(separatedBy: "\n").count == 2)
    #expect(document.contains("\"service\":\"s\"},\n{\"AcctId\":\"3\","))
  }

  @Test(arguments: [
    (CallDirection.internal, "EXT"), (.inbound, "Inbound"), (.outbound, "Outbound"), (.external, "External"),
  ])
  func onlyACallBetweenExtensionsIsEXTIn2013(direction: CallDirection, text: String) throws {
    let session = try session { $0.userfield = direction }
    for format in CDRFormat.allCases {
      #expect(rendered([session], format, CDRLayout(schema: .fields22)).contains(text), "\(format)")
      #expect(rendered([session], format, CDRLayout(schema: .fields32)).contains(direction.rawValue), "\(format)")
    }
  }

  @Test(arguments: CDRFormat.allCases)
  func anEmptyEntryIDIsEmptyInJSONAndXMLAlone(format: CDRFormat) {
    let sessions = CDRReferenceRows.of63xx.sessions
    let full = rendered(sessions, format, CDRLayout(schema: .fields43))
    let empty = rendered(sessions, format, CDRLayout(schema: .fields43, hasEmptyEntryIDs: true))
    switch format {
    case .json:
      #expect(full.contains(#"{"cdr":"1661157838988180-230","AcctId""#))
      #expect(empty.contains(#"{"cdr":"","AcctId""#) && empty.contains(#"{"cdr":"","main_cdr""#))
    case .xml:
      #expect(full.contains("<cdr>1661157838988180-230</cdr>"))
      #expect(empty.components(separatedBy: "<cdr></cdr>").count == 3)
    case .csv, .guiCSV: #expect(full == empty)
    }
  }

  @Test func theCommaInLastdataIsNotQuotedIn2013() throws {
    let session = try session { $0.lastdata = "SIP/5301,60," }
    let layout = CDRLayout(schema: .fields22)
    #expect(rendered([session], .csv, layout).contains(",Dial,SIP/5301,60,,2023-05-11"))
    #expect(rendered([session], .guiCSV, layout).contains(",Dial,\"SIP/5301,60,\",2023-05-11"))
  }

  @Test func hostileTextsStayWithinTheirColumn() throws {
    let session = try session { $0.callerName = "</caller_name>&\u{0}\u{b}\r\t\n\u{FFFF}\u{FFFE}\u{FFFD}ü\"," }
    let xml = rendered([session], .xml, CDRLayout(schema: .fields43))
    #expect(
      xml.contains(
        "<caller_name>&lt;/caller_name&gt;&amp;\u{FFFD}\u{FFFD}&#13;\t\n\u{FFFD}\u{FFFD}\u{FFFD}ü\",</caller_name>"))
    let json = rendered([session], .json, CDRLayout(schema: .fields43))
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.utf8)) }
  }

  @Test(arguments: CDRSchema.allCases, CDRFormat.allCases)
  func longTextsAreWrittenWhole(schema: CDRSchema, format: CDRFormat) throws {
    let name = String(repeating: "\"&,\u{1}", count: 20_000)
    let session = try session { $0.clid = name }
    let document = rendered([session, session], format, CDRLayout(schema: schema))
    let expected =
      switch format {
      case .json: String(repeating: #"\"&,\u0001"#, count: 20_000)
      case .xml: String(repeating: "\"&amp;,\u{FFFD}", count: 20_000)
      case .csv where schema == .fields22: name
      case .csv, .guiCSV: String(repeating: "\"\"&,\u{1}", count: 20_000)
      }
    #expect(document.components(separatedBy: expected).count == 3)
  }
}
