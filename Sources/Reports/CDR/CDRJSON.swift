import HardwareProfiles
import JSON
public import PBXModel
public import Primitives
import Simulation

/// CDRs in the JSON shape of the appliance's CDR API: `{"cdr_root":[…]}` (reference section 5.3, observed), which has
/// no status beside it, on firmware 1.0.33.30 neither (section 8, observed).
///
/// A session of one row is a flat object with `cdr` in front of the columns; a session of several rows is `cdr`,
/// `main_cdr` and one `sub_cdr_n` for each. Firmware of 2013 has `{"cdr":[…]}` and in it each row for itself
/// (documented). Every value is a string. Sessions stand one a line, so that two runs can be compared with `diff`; the
/// appliance's own white space is not known.
///
/// ```swift
/// var answer = CDRJSON(layout: layout, timeZone: site.timeZone)
/// answer.start(&bytes)
/// for session in sessions { answer.append(session, to: &bytes) }
/// answer.finish(&bytes)
/// ```
/// The caller may empty `bytes` into a file between any two steps: nothing written is looked at again.
public struct CDRJSON: Sendable {
  private let layout: CDRLayout
  private let keys: CDRJSONKeys
  private var texts: CDRRowTexts
  private var hasEntries = false
  private var rowNumber: Int64 = 0
  private var isGroup = false

  /// - Parameter timeZone: the site's; times are written on its wall clock.
  public init(layout: CDRLayout, timeZone: SiteTimeZone) {
    self.layout = layout
    keys = CDRJSONKeys(fields: layout.schema.fields)
    texts = CDRRowTexts(timeZone: timeZone)
  }

  /// A whole document at once.
  public static func document(
    of sessions: some Sequence<CDRSession>, layout: CDRLayout, in timeZone: SiteTimeZone
  ) -> [UInt8] {
    var document = CDRJSON(layout: layout, timeZone: timeZone)
    var bytes: [UInt8] = []
    document.start(&bytes)
    for session in sessions { document.append(session, to: &bytes) }
    document.finish(&bytes)
    return bytes
  }

  /// Appends what comes before the first session.
  public mutating func start(_ bytes: inout [UInt8]) {
    hasEntries = false
    bytes.append(contentsOf: (layout.groupsRows ? "{\"cdr_root\":[" : "{\"cdr\":[").utf8)
  }

  /// Appends one session, with the comma that parts it from the one before.
  public mutating func append(_ session: CDRSession, to bytes: inout [UInt8]) {
    texts.fill(with: session.first)
    startSession(session, first: texts, to: &bytes)
    appendRow(texts, to: &bytes)
    for row in session.others {
      texts.fill(with: row)
      appendRow(texts, to: &bytes)
    }
    finishSession(&bytes)
  }

  /// Appends what comes before the rows of a session, whose first row has the texts `first`.
  public mutating func startSession(_ session: CDRSession, first: CDRRowTexts, to bytes: inout [UInt8]) {
    rowNumber = 0
    isGroup = layout.groupsRows && !session.others.isEmpty
    guard layout.groupsRows else { return }
    appendEntryStart(session, first: first, to: &bytes)
    hasEntries = true
  }

  /// Appends one row of the session that was started.
  public mutating func appendRow(_ texts: CDRRowTexts, to bytes: inout [UInt8]) {
    rowNumber &+= 1
    appendObject(texts, to: &bytes)
    hasEntries = true
  }

  private func appendEntryStart(_ session: CDRSession, first: CDRRowTexts, to bytes: inout [UInt8]) {
    bytes.append(atMost: 2 * bytesMax(of: first)) { cursor in
      putSeparator(into: &cursor)
      cursor.put("{\"cdr\":\"" as StaticString)
      if !layout.hasEmptyEntryIDs { put(first, at: keys.sessionPlace, into: &cursor) }
      guard isGroup else { return }
      cursor.put("\",\"main_cdr\":{" as StaticString)
      putMain(session, first: first, into: &cursor)
      cursor.put("\"}" as StaticString)
    }
  }

  private func appendObject(_ texts: CDRRowTexts, to bytes: inout [UInt8]) {
    bytes.append(atMost: bytesMax(of: texts)) { cursor in
      if isGroup {
        cursor.put(",\"sub_cdr_" as StaticString)
        cursor.put(decimal: rowNumber)
        cursor.put("\":{" as StaticString)
      } else if layout.groupsRows {
        cursor.put("\"," as StaticString)
      } else {
        putSeparator(into: &cursor)
        cursor.put("{" as StaticString)
      }
      putColumns(of: texts, into: &cursor)
      cursor.put("\"}" as StaticString)
    }
  }

  private func putColumns(of texts: CDRRowTexts, into cursor: inout ByteCursor) {
    let marked = layout.renamesCallTypes ? .max : texts.marked
    texts.withBytes { bytes in
      keys.withBytes { names in
        texts.forEachRange { place, range in
          guard let name = keys.range(at: place) else { return }
          cursor.put(UnsafeBufferPointer(rebasing: names[name]))
          if marked &>> UInt64(place) & 1 == 0 {
            cursor.put(UnsafeBufferPointer(rebasing: bytes[range]))
          } else {
            layout.withText(texts, at: place) { JSONText.putEscaped($0, into: &cursor) }
          }
        }
      }
    }
  }

  /// Appends what comes after the rows of a session.
  public mutating func finishSession(_ bytes: inout [UInt8]) {
    if isGroup { bytes.append(UInt8(ascii: "}")) }
  }

  /// Appends what comes after the last session.
  public func finish(_ bytes: inout [UInt8]) {
    bytes.append(contentsOf: "]}".utf8)
  }

  private func putSeparator(into cursor: inout ByteCursor) {
    if hasEntries { cursor.put(",\n" as StaticString) }
  }

  /// A bound on the bytes of one object with these texts.
  private func bytesMax(of texts: CDRRowTexts) -> Int {
    let textBytes = texts.range(at: keys.places.upperBound - 1).upperBound
    return keys.bytesMax + (texts.marked == 0 ? textBytes : JSONText.bytesMax(of: textBytes)) + 128
  }

  private func put(_ texts: CDRRowTexts, at place: Int, into cursor: inout ByteCursor) {
    layout.withText(texts, at: place) { JSONText.putEscaped($0, into: &cursor) }
  }

  private func putMain(_ session: CDRSession, first: CDRRowTexts, into cursor: inout ByteCursor) {
    keys.forEach { place, key in
      cursor.put(key)
      switch CDRMainColumn(CDRRowTexts.fields[place]) {
      case .ofFirstRow: put(first, at: place, into: &cursor)
      case .sum(let seconds): cursor.put(decimal: session.sum(of: seconds))
      case .empty: break
      }
    }
  }
}

/// The names of a row's columns as JSON has them, `","src":"`, ready to be put between the texts.
struct CDRJSONKeys: Sendable {
  /// The columns a row has, counted in `CDRRowTexts.fields`.
  let places: Range<Int>
  /// Where the session's text is.
  let sessionPlace: Int
  private let bytes: [UInt8]
  private let ends: [Int]

  /// Bytes of all of them.
  var bytesMax: Int { bytes.count }

  init(fields: ArraySlice<CDRField>) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for field in fields {
      if !ends.isEmpty { bytes.append(contentsOf: "\",".utf8) }
      JSONText.append(field.rawValue, to: &bytes)
      bytes.append(contentsOf: ":\"".utf8)
      ends.append(bytes.count)
    }
    self.bytes = bytes
    self.ends = ends
    places = 0..<fields.count
    sessionPlace = CDRRowTexts.fields.firstIndex(of: .session) ?? fields.count
  }

  /// Calls `body` with all names, in which `range(at:)` finds one.
  @inline(__always)
  func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) { bytes.withUnsafeBufferPointer(body) }

  /// Where a column's name is; nil for a column these rows do not have.
  @inline(__always)
  func range(at place: Int) -> Range<Int>? {
    guard place < ends.count else { return nil }
    return (place == 0 ? 0 : ends[place - 1])..<ends[place]
  }

  /// Calls `body` with the place of each column and its name, with the end of the text before it and the beginning of
  /// its own.
  func forEach(_ body: (Int, UnsafeBufferPointer<UInt8>) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for (place, end) in ends.enumerated() {
        body(place, UnsafeBufferPointer(rebasing: bytes[start..<end]))
        start = end
      }
    }
  }
}
