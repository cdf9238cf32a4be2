import Foundation
import Primitives

/// A site file's `timeZone:` -> a table of offsets.
///
/// Three ways to write it: `UTC`, a name of the IANA database, or a POSIX `TZ` text as the appliance stores it. The
/// database is that of Foundation, so the machine needs none installed.
enum TimeZoneText {
  static func read(_ entry: Entry) -> SiteTimeZone? {
    guard let text = entry.text() else { return nil }
    if text == "UTC" || text == "Z" { return .utc }
    // The list is long in the making, and mostly not needed.
    lazy var names = TimeZone.knownTimeZoneIdentifiers
    if text.contains("/") || names.contains(text), let zone = TimeZone(identifier: text) {
      return table(zone, name: text)
    }
    if isHoursFromGreenwich(text) {
      entry.report(
        "`\(Entry.shown(text))` means opposite things to POSIX and to people",
        remedy: "write the POSIX zone <+01>-1 for one hour east of Greenwich, <-03>3 for three hours west")
      return nil
    }
    if !text.contains("/") || text.contains(",") {
      do throws(POSIXTimeZone.SyntaxError) {
        return try POSIXTimeZone(text).siteTimeZone()
      } catch  where text.contains(",") || text.contains(where: \.isNumber) {
        entry.report(
          "`\(Entry.shown(text))` is not a time zone: after \(error.byteOffset) bytes expected \(error.expected)",
          remedy: "write UTC, a name such as Europe/Berlin, or a POSIX zone such as MTZ+6MDT+5,M4.1.0,M11.1.0")
        return nil
      } catch {}
    }
    let nearest = Spelling.nearest(to: text, among: names)
    entry.report(
      "there is no time zone `\(Entry.shown(text))`",
      remedy: nearest.map { "did you mean `\($0)`?" } ?? "write UTC or a name such as Europe/Berlin")
    return nil
  }

  /// `UTC+1` and its like.
  private static func isHoursFromGreenwich(_ text: String) -> Bool {
    let name = text.prefix(3).lowercased()
    let rest = text.dropFirst(3)
    return (name == "utc" || name == "gmt") && (rest.first == "+" || rest.first == "-")
  }

  private static let yearsCovered = (first: 1970, last: 2100)
  /// No zone has ever changed back within this time.
  private static let stepSeconds: Int64 = 3 * 86_400

  /// Foundation tells of changes to and from summer time only, so every change of the offset is searched for.
  private static func table(_ zone: TimeZone, name: String) -> SiteTimeZone {
    func offset(_ seconds: Int64) -> Int { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) }
    let end = CivilTime.daysSince1970(year: yearsCovered.last + 1, month: 1, day: 1) * 86_400
    var offsets = [SiteTimeZone.Offset(since: .epoch, offsetSeconds: offset(0))]
    var before: Int64 = 0
    var current = offset(0)
    while before < end {
      let after = before + stepSeconds
      let next = offset(after)
      if next != current {
        var (low, high) = (before, after)
        while high - low > 1 {
          let middle = (low + high) / 2
          if offset(middle) == current { low = middle } else { high = middle }
        }
        offsets.append(.init(since: Instant(seconds: high), offsetSeconds: next))
        current = next
      }
      before = after
    }
    return SiteTimeZone(name: name, offsets: offsets)
  }
}
