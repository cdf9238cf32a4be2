import HardwareProfiles
public import PBXModel
public import Primitives
import Simulation

/// The CDR export as CSV: a header line with the 32 column names, then one line per row, oldest first.
///
/// Header by reference section 5.1 (columns observed in the API's answers; the titles of the GUI's own download were
/// not seen, so the API's are assumed). Quoting and line ends as `CSVText` says.
///
/// ```swift
/// let export = CDRCSV(timeZone: site.timeZone)
/// var bytes = CDRCSV.header
/// for session in sessions { export.append(session, to: &bytes) }
/// ```
public struct CDRCSV: Sendable {
  /// The first line with its line end.
  public static var header: [UInt8] {
    var bytes: [UInt8] = []
    CSVText.appendRow(CDRSchema.fields32.fields.map(\.rawValue), to: &bytes)
    return bytes
  }

  private let timeZone: SiteTimeZone

  /// - Parameter timeZone: the site's; times are written on its wall clock.
  public init(timeZone: SiteTimeZone) {
    self.timeZone = timeZone
  }

  /// Appends a line for each row of the session.
  public func append(_ session: CDRSession, to bytes: inout [UInt8]) {
    for row in session.rows {
      CSVText.appendRow(CDRSchema.fields32.fields.lazy.map { $0.text(of: row, in: timeZone) }, to: &bytes)
    }
  }
}
