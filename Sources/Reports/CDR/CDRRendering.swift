public import PBXModel
public import Primitives

/// A notation that the appliance gives its CDRs out in.
public enum CDRFormat: String, Hashable, Sendable, CaseIterable {
  /// `CDRJSON`.
  case json
  /// `CDRXML`.
  case xml
  /// `CDRCSV`, as the CDR API answers.
  case csv
  /// The CSV that the web GUI lets one download: one line per row under titles for people (assumed in most parts; see
  /// `CDRColumnTitles`).
  case guiCSV = "gui-csv"
}

/// CDRs as a firmware of a certain age gives them out, in any of its notations.
///
/// ```swift
/// var export = CDRRendering(.xml, layout: CDRLayout(profile.traits), timeZone: site.timeZone)
/// export.start(&bytes)
/// for session in sessions { export.append(session, to: &bytes) }
/// export.finish(&bytes)
/// ```
/// The caller may empty `bytes` into a file between any two steps: nothing written is looked at again.
public struct CDRRendering: Sendable {
  private var writer: any CDRWriter

  /// - Parameter timeZone: the site's; times are written on its wall clock.
  public init(_ format: CDRFormat, layout: CDRLayout, timeZone: SiteTimeZone) {
    writer =
      switch format {
      case .json: CDRJSON(layout: layout, timeZone: timeZone)
      case .xml: CDRXML(layout: layout, timeZone: timeZone)
      case .csv: CDRCSV(layout: layout, timeZone: timeZone)
      case .guiCSV: CDRCSV(downloadedIn: layout, timeZone: timeZone)
      }
  }

  /// A whole document at once.
  public static func document(
    of sessions: some Sequence<CDRSession>, as format: CDRFormat, layout: CDRLayout, in timeZone: SiteTimeZone
  ) -> [UInt8] {
    var document = CDRRendering(format, layout: layout, timeZone: timeZone)
    var bytes: [UInt8] = []
    document.start(&bytes)
    for session in sessions { document.append(session, to: &bytes) }
    document.finish(&bytes)
    return bytes
  }

  /// Appends what comes before the first session; with `finish` alone it is the empty answer of the API.
  public mutating func start(_ bytes: inout [UInt8]) { writer.start(&bytes) }

  /// Appends one session.
  public mutating func append(_ session: CDRSession, to bytes: inout [UInt8]) { writer.append(session, to: &bytes) }

  /// Appends what comes after the last session.
  public func finish(_ bytes: inout [UInt8]) { writer.finish(&bytes) }
}

/// What writes sessions in one notation.
private protocol CDRWriter: Sendable {
  mutating func start(_ bytes: inout [UInt8])
  mutating func append(_ session: CDRSession, to bytes: inout [UInt8])
  func finish(_ bytes: inout [UInt8])
}

extension CDRJSON: CDRWriter {}
extension CDRXML: CDRWriter {}
extension CDRCSV: CDRWriter {}
