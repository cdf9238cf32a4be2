import HardwareProfiles
public import PBXModel
public import Primitives
import Simulation

/// CDRs in the XML of the appliance's CDR API.
///
/// That the API has XML is documented (reference section 5.4), its layout was not seen. Assumed is the plain image of
/// the JSON: an element for each member, a repeated one for an array, `<root>` around them; so firmware of 2013 has a
/// `<cdr>` for each row, and later firmware a `<cdr_root>` for each session. Sessions stand one a line.
///
/// ```swift
/// var answer = CDRXML(layout: layout, timeZone: site.timeZone)
/// answer.start(&bytes)
/// for session in sessions { answer.append(session, to: &bytes) }
/// answer.finish(&bytes)
/// ```
public struct CDRXML: Sendable {
  private let layout: CDRLayout
  private let names: [String]
  private var texts: CDRRowTexts

  /// - Parameter timeZone: the site's; times are written on its wall clock.
  public init(layout: CDRLayout, timeZone: SiteTimeZone) {
    self.layout = layout
    names = layout.schema.fields.map(\.rawValue)
    texts = CDRRowTexts(timeZone: timeZone)
  }

  /// Appends what comes before the first session.
  public func start(_ bytes: inout [UInt8]) {
    bytes.append(contentsOf: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root>\n".utf8)
  }

  /// Appends one session.
  public mutating func append(_ session: CDRSession, to bytes: inout [UInt8]) {
    texts.fill(with: session.first)
    guard layout.groupsRows else {
      appendElement("cdr", to: &bytes) { appendColumns(to: &$0) }
      for row in session.others {
        bytes.append(UInt8(ascii: "\n"))
        texts.fill(with: row)
        appendElement("cdr", to: &bytes) { appendColumns(to: &$0) }
      }
      bytes.append(UInt8(ascii: "\n"))
      return
    }
    bytes.append(contentsOf: "<cdr_root>".utf8)
    appendElement("cdr", to: &bytes) { bytes in
      if !layout.hasEmptyEntryIDs { append(session.first.session, to: &bytes) }
    }
    if session.others.isEmpty {
      appendColumns(to: &bytes)
    } else {
      appendElement("main_cdr", to: &bytes) { appendMain(session, to: &$0) }
      appendElement("sub_cdr_1", to: &bytes) { appendColumns(to: &$0) }
      for (index, row) in session.others.enumerated() {
        texts.fill(with: row)
        appendElement("sub_cdr_\(index + 2)", to: &bytes) { appendColumns(to: &$0) }
      }
    }
    bytes.append(contentsOf: "</cdr_root>\n".utf8)
  }

  /// Appends what comes after the last session.
  public func finish(_ bytes: inout [UInt8]) {
    bytes.append(contentsOf: "</root>\n".utf8)
  }

  private func appendElement(_ name: String, to bytes: inout [UInt8], _ content: (inout [UInt8]) -> Void) {
    bytes.append(contentsOf: "<\(name)>".utf8)
    content(&bytes)
    bytes.append(contentsOf: "</\(name)>".utf8)
  }

  private func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(atMost: XMLText.bytesMax(of: text.utf8.count)) { cursor in
      var text = text
      text.withUTF8 { XMLText.put($0, into: &cursor) }
    }
  }

  private func appendColumns(to bytes: inout [UInt8]) {
    for (place, name) in names.enumerated() {
      appendElement(name, to: &bytes) { bytes in
        layout.withText(texts, at: place) { text in
          bytes.append(atMost: XMLText.bytesMax(of: text.count)) { XMLText.put(text, into: &$0) }
        }
      }
    }
  }

  private func appendMain(_ session: CDRSession, to bytes: inout [UInt8]) {
    for (place, name) in names.enumerated() {
      appendElement(name, to: &bytes) { bytes in
        switch CDRMainColumn(CDRRowTexts.fields[place]) {
        case .ofFirstRow:
          layout.withText(texts, at: place) { text in
            bytes.append(atMost: XMLText.bytesMax(of: text.count)) { XMLText.put(text, into: &$0) }
          }
        case .sum(let seconds): append(String(session.sum(of: seconds)), to: &bytes)
        case .empty: break
        }
      }
    }
  }
}
