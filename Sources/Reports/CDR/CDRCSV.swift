import HardwareProfiles
public import PBXModel
public import Primitives
import Simulation

/// CDRs in the CSV of the appliance's CDR API: a header line with the column names, then a line for each row.
///
/// Header by reference section 5.1 and 5.3 (documented for 2013; later ones assumed to be the columns of the JSON
/// answers). Line ends as `CSVText` says; quoting too, but for firmware of 2013 (`CDRLayout`).
///
/// ```swift
/// var export = CDRCSV(layout: layout, timeZone: site.timeZone)
/// export.start(&bytes)
/// for session in sessions { export.append(session, to: &bytes) }
/// ```
public struct CDRCSV: Sendable {
  private let layout: CDRLayout
  private let titles: [String]
  private let isQuoted: Bool
  private let columnsMask: UInt64
  private var texts: CDRRowTexts

  /// - Parameter timeZone: the site's; times are written on its wall clock.
  public init(layout: CDRLayout, timeZone: SiteTimeZone) {
    self.init(
      layout: layout, timeZone: timeZone, titles: layout.schema.fields.map(\.rawValue), isQuoted: layout.quotesCSV)
  }

  /// The file that the web GUI lets one download; that it is quoted whatever its age is assumed.
  init(downloadedIn layout: CDRLayout, timeZone: SiteTimeZone) {
    self.init(
      layout: layout, timeZone: timeZone, titles: CDRColumnTitles.titles(in: layout.schema), isQuoted: true)
  }

  private init(layout: CDRLayout, timeZone: SiteTimeZone, titles: [String], isQuoted: Bool) {
    self.layout = layout
    self.titles = titles
    self.isQuoted = isQuoted
    columnsMask = (1 << UInt64(layout.schema.fields.count)) - 1
    texts = CDRRowTexts(timeZone: timeZone)
  }

  /// Appends the header line.
  public func start(_ bytes: inout [UInt8]) {
    CSVText.appendRow(titles, to: &bytes)
  }

  /// Appends a line for each row of the session.
  public mutating func append(_ session: CDRSession, to bytes: inout [UInt8]) {
    texts.fill(with: session.first)
    append(texts, to: &bytes)
    for row in session.others {
      texts.fill(with: row)
      append(texts, to: &bytes)
    }
  }

  /// Appends what comes after the last session, which is nothing.
  public func finish(_ bytes: inout [UInt8]) {}

  /// Appends the line of one row.
  public func append(_ texts: CDRRowTexts, to bytes: inout [UInt8]) {
    let lastPlace = layout.schema.fields.count - 1
    let lineEnd = texts.range(at: lastPlace).upperBound
    // Quotes at both ends, and every byte a quote to be doubled.
    bytes.append(atMost: 2 * lineEnd + 2 * layout.schema.fields.count + 1) { cursor in
      if layout.renamesCallTypes {
        for place in 0...lastPlace {
          if place > 0 { cursor.put(UInt8(ascii: ",")) }
          layout.withText(texts, at: place) { put($0, into: &cursor) }
        }
      } else {
        putRuns(of: texts, to: lineEnd, into: &cursor)
      }
      cursor.put(UInt8(ascii: "\n"))
    }
  }

  /// The texts stand there with their commas already: only those that need quotes are taken out.
  private func putRuns(of texts: CDRRowTexts, to lineEnd: Int, into cursor: inout ByteCursor) {
    texts.withBytes { bytes in
      var written = 0
      var marked = texts.marked & columnsMask
      while marked != 0 {
        let range = texts.range(at: marked.trailingZeroBitCount)
        marked &= marked - 1
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        guard CSVText.needsQuotes(text) else { continue }
        cursor.put(UnsafeBufferPointer(rebasing: bytes[written..<range.lowerBound]))
        CSVText.putQuoted(text, into: &cursor)
        written = range.upperBound
      }
      cursor.put(UnsafeBufferPointer(rebasing: bytes[written..<max(written, lineEnd)]))
    }
  }

  private func put(_ text: UnsafeBufferPointer<UInt8>, into cursor: inout ByteCursor) {
    if isQuoted, CSVText.needsQuotes(text) {
      CSVText.putQuoted(text, into: &cursor)
    } else {
      cursor.put(text)
    }
  }
}
