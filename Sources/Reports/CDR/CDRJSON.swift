import HardwareProfiles
import JSON
public import PBXModel
public import Primitives
import Simulation

/// CDRs in the JSON shape of the appliance's CDR API: `{"cdr_root":[…]}` (reference section 5.3, observed).
///
/// A session of one row is a flat object with `cdr` in front of the 32 columns; a session of several rows is `cdr`,
/// `main_cdr` and one `sub_cdr_n` for each. Every value is a string. Sessions stand one a line, so that two runs can
/// be compared with `diff`; the appliance's own white space is not known.
///
/// ```swift
/// var answer = CDRJSON(timeZone: site.timeZone)
/// answer.start(&bytes)
/// for session in sessions { answer.append(session, to: &bytes) }
/// answer.finish(&bytes)
/// ```
/// The caller may empty `bytes` into a file between any two steps: nothing written is looked at again.
public struct CDRJSON: Sendable {
  private let timeZone: SiteTimeZone
  private var hasSessions = false

  /// - Parameter timeZone: the site's; times are written on its wall clock.
  public init(timeZone: SiteTimeZone) {
    self.timeZone = timeZone
  }

  /// A whole document at once.
  public static func document(of sessions: some Sequence<CDRSession>, in timeZone: SiteTimeZone) -> [UInt8] {
    var document = CDRJSON(timeZone: timeZone)
    var bytes: [UInt8] = []
    document.start(&bytes)
    for session in sessions { document.append(session, to: &bytes) }
    document.finish(&bytes)
    return bytes
  }

  /// Appends what comes before the first session.
  public mutating func start(_ bytes: inout [UInt8]) {
    hasSessions = false
    bytes.append(contentsOf: "{\"cdr_root\":[".utf8)
  }

  /// Appends one session, with the comma that parts it from the one before.
  public mutating func append(_ session: CDRSession, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (hasSessions ? ",\n{" : "{").utf8)
    hasSessions = true
    appendMember("cdr", session.first.session, isFirst: true, to: &bytes)
    if session.others.isEmpty {
      for field in CDRSchema.fields32.fields {
        appendMember(field.rawValue, field.text(of: session.first, in: timeZone), to: &bytes)
      }
    } else {
      appendGroup(session, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Appends what comes after the last session.
  public mutating func finish(_ bytes: inout [UInt8]) {
    bytes.append(contentsOf: "]}".utf8)
  }

  private func appendGroup(_ session: CDRSession, to bytes: inout [UInt8]) {
    let duration = sum(of: session, \.durationSeconds)
    let billsec = sum(of: session, \.billsecSeconds)
    appendObject("main_cdr", to: &bytes) { field in
      switch field {
      case .src, .dst, .start, .session, .actionType: field.text(of: session.first, in: timeZone)
      case .duration: String(duration)
      case .billsec: String(billsec)
      case .acctId, .accountCode, .dcontext, .clid, .channel, .dstchannel, .lastapp, .lastdata, .answer, .end,
        .disposition, .amaflags, .uniqueid, .userfield, .channelExt, .dstchannelExt, .service, .callerName,
        .recordfiles, .dstanswer, .chanext, .dstchanext, .actionOwner, .srcTrunkName, .dstTrunkName, .natCall,
        .natCallPeer, .videoCall, .gdsCall, .gscCall, .gdmsUniqueCode, .waveSrcSeqid, .waveDstSeqid, .deviceInfo,
        .deviceInfoPeer, .recordfilesDesc:
        ""
      }
    }
    for (index, row) in session.rows.enumerated() {
      appendObject("sub_cdr_\(index + 1)", to: &bytes) { $0.text(of: row, in: timeZone) }
    }
  }

  private func appendObject(_ name: String, to bytes: inout [UInt8], value: (CDRField) -> String) {
    bytes.append(UInt8(ascii: ","))
    JSONText.append(name, to: &bytes)
    bytes.append(contentsOf: ":{".utf8)
    for (index, field) in CDRSchema.fields32.fields.enumerated() {
      appendMember(field.rawValue, value(field), isFirst: index == 0, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private func appendMember(_ name: String, _ value: String, isFirst: Bool = false, to bytes: inout [UInt8]) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    JSONText.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    JSONText.append(value, to: &bytes)
  }

  /// Saturates, because a capture can claim any length of call.
  private func sum(of session: CDRSession, _ seconds: (CDRRecord) -> Int64) -> Int64 {
    session.rows.reduce(Int64(0)) { total, row in
      let (sum, overflow) = total.addingReportingOverflow(seconds(row))
      return overflow ? (total < 0 ? .min : .max) : sum
    }
  }
}
