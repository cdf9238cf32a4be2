import Primitives

/// Reads the parameters of the CDR API, which answers every mistake with no rows (documented): a bad value, an unknown
/// parameter, an empty value, a parameter given twice (but for `caller` and `callee`).
///
/// `startTime` and `endTime` may be empty, which leaves that side open (documented). The HTTPS API forgives more: its
/// clients leave any parameter empty (observed with one of a 6302) and write a space for the `T` of a time (observed
/// with one of a 6300).
struct CDRRequestReader {
  let door: ApplianceDoors.Door
  let now: Instant
  let zone: SiteTimeZone
  let unmarked: DoorSettings.UnmarkedTimes
  /// What `numRecords` may be at most, and is where it is not given.
  let recordsMax: Int

  /// More parameters than these are a mistake too.
  static let parametersMax = 64

  func read(_ pairs: [(name: String, value: String)]) -> CDRRequest {
    var request = CDRRequest()
    request.limit = recordsMax
    let formats = pairs.filter { $0.name == "format" }
    // A bad format gives the header of CSV (documented), and so does one given twice.
    if formats.count == 1, let format = formats.first.flatMap({ CDRRequest.Format(name: $0.value) }) {
      request.format = format
    } else if !formats.isEmpty {
      return .nothing(.csv)
    }
    guard pairs.count <= Self.parametersMax else { return .nothing(request.format) }
    var seen: Set<String> = []
    for (name, value) in pairs where name != "format" {
      let isRepeatable = name == "caller" || name == "callee"
      guard seen.insert(name).inserted || isRepeatable, take(name, value, into: &request) else {
        return .nothing(request.format)
      }
    }
    return request
  }

  /// False for a mistake.
  private func take(_ name: String, _ value: String, into request: inout CDRRequest) -> Bool {
    if value.isEmpty, door == .httpsAPI { return Self.names.contains(name) }
    switch name {
    case "caller": return take(value, into: &request.callers)
    case "callee": return take(value, into: &request.callees)
    case "AnsweredBy", "answeredby": return take(value, into: &request.answeredBy)
    case "timeFilterType":
      guard let filter = CDRRequest.TimeFilter(rawValue: value) else { return false }
      request.timeFilter = filter
    case "numRecords":
      guard let number = Self.number(value, 0...Int64(recordsMax)) else { return false }
      request.limit = Int(number)
    case "offset":
      guard let number = Self.number(value, 0...Self.numberMax) else { return false }
      request.offset = Int(number)
    case "minDur":
      guard let number = Self.number(value, 0...Self.numberMax) else { return false }
      request.minimumTalkSeconds = number
    case "maxDur":
      guard let number = Self.number(value, 0...Self.numberMax) else { return false }
      request.maximumTalkSeconds = number
    case "startTime":
      guard !value.isEmpty else { return true }
      guard let time = time(value) else { return false }
      request.from = time.instant
    case "endTime":
      guard !value.isEmpty else { return true }
      guard let time = time(value) else { return false }
      request.before = time.end
    default: return false
    }
    return true
  }

  private static let names: Set<String> = [
    "caller", "callee", "AnsweredBy", "answeredby", "timeFilterType", "numRecords", "offset", "minDur", "maxDur",
    "startTime", "endTime",
  ]

  private func take(_ value: String, into list: inout [String]) -> Bool {
    guard !value.isEmpty, value.utf8.count <= 4096 else { return false }
    list.append(value)
    return true
  }

  func time(_ text: String) -> CDRTime? {
    CDRTime(text, now: now, zone: zone, unmarked: unmarked, allowsSpace: door == .httpsAPI)
  }

  private static let numberMax: Int64 = 1_000_000_000

  private static func number(_ text: String, _ range: ClosedRange<Int64>) -> Int64? {
    guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int64(text), range.contains(number)
    else { return nil }
    return number
  }
}
