import Primitives

/// `POST callnotify` as read from its parameters (documented: Call Notify APIs of PhoneBridge v3).
struct ZohoCallNotification {
  static let maximumIDLength = 255
  /// Longest call, a week; more is no duration (assumed).
  static let longestCallSeconds = 604_800

  let id: String
  let direction: ZohoPhoneBridgeCall.Direction
  let state: ZohoPhoneBridgeCall.State
  let from: String
  let to: String
  let zohoUser: String?
  let transferredCallID: String?
  /// There where the call is over.
  let startTime: Instant?
  let durationSeconds: Int?
  let voiceAddress: String?

  init(_ parameters: FormParameters) throws(ZohoPhoneBridgeError) {
    func required(_ name: String) throws(ZohoPhoneBridgeError) -> String {
      guard let value = parameters[name], !value.isEmpty else { throw .missing(name) }
      return value
    }
    guard let direction = ZohoPhoneBridgeCall.Direction(rawValue: try required("type")) else {
      throw .invalid("type", "type is received or dialed")
    }
    guard let state = ZohoPhoneBridgeCall.State(rawValue: try required("state")), state.isPossible(direction) else {
      let possible = ZohoPhoneBridgeCall.State.allCases.filter { $0.isPossible(direction) }.map(\.rawValue)
      throw .invalid("state", "state of a \(direction.rawValue) call is one of " + possible.joined(separator: ", "))
    }
    self.direction = direction
    self.state = state
    id = try required("id")
    guard id.utf8.count <= Self.maximumIDLength, id.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      throw .invalid("id", "id is at most \(Self.maximumIDLength) printable characters")
    }
    from = try Self.number("from", required("from"))
    to = try Self.number("to", required("to"))
    func optional(_ name: String) -> String? { parameters[name].flatMap { $0.isEmpty ? nil : $0 } }
    zohoUser = optional("zohouser")
    transferredCallID = optional("transferredcallid").map { String($0.prefix(Self.maximumIDLength)) }
    voiceAddress = optional("voiceuri")
    startTime = state.isLive ? nil : try Self.time("start_time", required("start_time"))
    durationSeconds = try optional("duration").map { (text) throws(ZohoPhoneBridgeError) -> Int in
      guard text.isDigits(1...9), let seconds = Int(text), seconds <= Self.longestCallSeconds else {
        throw .invalid("duration", "duration is a number of seconds")
      }
      return seconds
    }
  }

  /// E.164 with its plus, or bare digits as extensions have them (documented; extensions observed). A plus that was not
  /// percent-encoded has become a space, and such a number is refused (that it must be encoded is documented, the
  /// refusal assumed).
  private static func number(_ name: String, _ text: String) throws(ZohoPhoneBridgeError) -> String {
    guard (text.hasPrefix("+") ? text.dropFirst() : text[...]).isDigits(1...18) else {
      throw .invalid(name, "a number is digits, with a leading + sent as %2B")
    }
    return text
  }

  /// `yyyy-MM-dd HH:mm:ss` in GMT (documented).
  private static func time(_ name: String, _ text: String) throws(ZohoPhoneBridgeError) -> Instant {
    let halves = text.split(separator: " ", omittingEmptySubsequences: false)
    guard halves.count == 2, text.utf8.count == 19, let time = OffsetTimestamp("\(halves[0])T\(halves[1])Z") else {
      throw .invalid(name, "\(name) is yyyy-MM-dd HH:mm:ss in GMT")
    }
    return Instant(seconds: time.seconds)
  }
}
