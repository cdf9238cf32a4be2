import HTTPTypes
import Primitives

// The old CDR API (documented for 61xx, 62xx and 6510): a digest, then a query; every mistake in the query gives the
// empty document and no error. `/recapi` has the recordings (observed).
extension ApplianceDoors {
  /// Rows the old API gives at most, and without `numRecords` (documented).
  public static let recordsMax = 1000
  private static let targetBytesMax = 8192

  mutating func beginQuery(
    _ request: HTTPRequest, isRecording: Bool, from client: IPAddress?, now: Instant
  ) -> Step {
    let action: APIAction = isRecording ? .recapi : .cdrapi
    guard (request.path ?? "").utf8.count <= Self.targetBytesMax else { return .answered(Self.refusal(414)) }
    guard !lockOut.isLockedOut(client, at: now) else {
      return .answered(.text(403, "Forbidden\n", DoorAnswer.Note(action.rawValue, status: .loginRestricted)))
    }
    switch digest.check(request, users: users, at: now) {
    case .asks(let isStale): return .answered(unauthorized(action, isStale: isStale, now: now))
    case .wrong:
      lockOut.noteFailure(client, at: now)
      return .answered(unauthorized(action, isStale: false, now: now))
    case .user(let name):
      lockOut.noteSuccess(client)
      let note = { DoorAnswer.Note(action.rawValue, user: name, status: $0) }
      guard let user = users.first(where: { $0.name == name }), Self.mayLogIn(user, from: client) else {
        return .answered(.text(403, "Forbidden\n", note(.loginForbidden)))
      }
      guard user.rights.allows(action) else {
        return .answered(.text(403, "Forbidden\n", note(.noPermission)))
      }
      let query = QueryText(request.path ?? "")
      return .reads(
        Reading(doors: self, question: isRecording ? .recording(query) : .rows(query), user: name))
    }
  }

  private mutating func unauthorized(_ action: APIAction, isStale: Bool, now: Instant) -> DoorAnswer {
    var answer = DoorAnswer.text(
      401, "Unauthorized\n", DoorAnswer.Note(action.rawValue, status: .needsAuthentication))
    answer.response.headerFields[.wwwAuthenticate] = digest.challenge(isStale: isStale, at: now)
    return answer
  }

  func rows(
    _ query: QueryText, _ note: (APIStatus) -> DoorAnswer.Note, of state: some ApplianceState
  ) -> DoorAnswer {
    var request = cdrRequestReader(at: .cdrAPI, of: state, recordsMax: Self.recordsMax).read(query.pairs)
    if query.endsWithSeparator { request = .nothing(request.format) }
    do throws(CDRRequest.Refusal) {
      let body = try Self.document(request, of: state)
      return DoorAnswer(200, Self.contentType(of: request.format), body, note(.success))
    } catch { return DoorAnswer(503, nil, [], note(.databaseFailed)) }
  }

  func recording(
    _ query: QueryText, _ note: (APIStatus) -> DoorAnswer.Note, of state: some ApplianceState
  ) -> DoorAnswer {
    if let name = query.pairs.first(where: { $0.name == "filename" })?.value {
      let folder = query.pairs.first { $0.name == "filedir" }?.value
      guard let bytes = Self.recording(name, in: folder, of: state) else {
        return .text(404, "Not Found\n", note(.fileDoesNotExist))
      }
      return DoorAnswer(200, "audio/x-wav", bytes, note(.success))
    }
    // A header line, then one line a file with its name in the second column (observed); no recording is kept here.
    return DoorAnswer(200, Self.contentType(of: .csv), Array("filedir,filename\n".utf8), note(.success))
  }

  /// Which rows a query of the old API asks for, times without an offset being on the site's clock.
  public func cdrRequest(
    _ pairs: [(name: String, value: String)], onSiteClockOf state: some ApplianceState
  ) -> CDRRequest {
    CDRRequestReader(
      door: .cdrAPI, now: state.now, zone: state.timeZone, unmarked: .site, recordsMax: settings.cdrRecordsMax
    ).read(pairs)
  }

  func cdrRequestReader(at door: Door, of state: some ApplianceState, recordsMax: Int) -> CDRRequestReader {
    CDRRequestReader(
      door: door, now: state.now, zone: state.timeZone, unmarked: settings.unmarkedTimes, recordsMax: recordsMax)
  }

  /// The rows, or none where a number cannot be read.
  static func document(
    _ request: CDRRequest, of state: some ApplianceState
  ) throws(CDRRequest.Refusal) -> CDRDocument {
    do { return try state.cdrDocument(request) } catch {
      guard error == .unreadableNumber else { throw error }
      return try state.cdrDocument(.nothing(request.format))
    }
  }

  /// Content types are assumed.
  public static func contentType(of format: CDRRequest.Format) -> String {
    switch format {
    case .csv: "text/csv;charset=UTF-8"
    case .xml: "application/xml;charset=UTF-8"
    case .json: DoorAnswer.jsonType
    }
  }

  /// The name of a recording, perhaps in the folder of a month: `2022-08/auto-….wav`.
  static func isFileName(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return name.utf8.count <= 255 && (1...2).contains(parts.count)
      && parts.allSatisfy { part in
        !part.isEmpty && part.first != UInt8(ascii: ".")
          && part.allSatisfy { PercentEncoding.isUnreserved($0) || $0 == UInt8(ascii: "+") }
      }
  }
}

/// The parameters of a query, in order and with all that is wrong with them.
public struct QueryText: Sendable {
  /// At most 257, decoded.
  public private(set) var pairs: [(name: String, value: String)] = []
  /// It ends in `&`, which the old API takes for a mistake (documented).
  let endsWithSeparator: Bool

  /// - Parameter target: what stands behind the host of an address; all behind its question mark is the query.
  public init(_ target: String) {
    let bytes = Array(target.utf8)
    let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    let text = bytes[min(mark + 1, bytes.endIndex)...]
    endsWithSeparator = text.last == UInt8(ascii: "&")
    guard !text.isEmpty else { return }
    for part in text.split(separator: UInt8(ascii: "&"), maxSplits: 256, omittingEmptySubsequences: false) {
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      pairs.append((Self.decode(part[..<equals]), Self.decode(part[min(equals + 1, part.endIndex)...])))
    }
  }

  /// A plus stands for a space: that of an offset has to be sent as `%2B` (documented).
  private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    PercentEncoding.decode(bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
  }
}
