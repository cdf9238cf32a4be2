import Primitives

/// One organisation's PhoneBridge: which telephony is integrated, its groups, and the calls it was told of.
struct ZohoPhoneBridge: Codable {
  /// More groups are refused (assumed; the guide makes one for every extension).
  static let maximumGroups = 2000
  /// Calls under way; one more drops the oldest.
  static let maximumLiveCalls = 1000
  /// Finished calls and errors shown; older ones are forgotten, their records stay.
  static let maximumFinished = 100

  /// The telephony chosen under Channels > Telephony; nil for none yet.
  var telephony: ZohoTelephonyVendor?
  private(set) var groups: [ZohoPhoneBridgeGroup] = []
  /// By zuid: what a provider's client set up for the person over the API.
  var providers: [String: ZohoPhoneBridgeProvider] = [:]
  private(set) var liveCalls: [ZohoPhoneBridgeCall] = []
  /// Oldest first.
  private(set) var finishedCalls: [ZohoPhoneBridgeCall] = []
  /// Calls under way that the bound dropped.
  private(set) var droppedCalls = 0
  /// Oldest first.
  private(set) var dialErrors: [ZohoDialError] = []
  private var lastGroupNumber = 0
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed ^ 0x7068_6f6e_6562_7264) }

  func group(_ id: String) -> ZohoPhoneBridgeGroup? { groups.first { $0.id == id } }

  /// Keeps a group that passed its checks; without an id it is a new one.
  mutating func save(_ group: ZohoPhoneBridgeGroup) {
    if let index = groups.firstIndex(where: { $0.id == group.id }) {
      groups[index] = group
      return
    }
    lastGroupNumber += 1
    var added = group
    added.id = String(lastGroupNumber)
    groups.append(added)
  }

  /// 32 hexadecimal digits, as the v1 API's tokens (assumed).
  mutating func newToken() -> String { generator.hexadecimal(32) }

  mutating func removeGroup(_ id: String) { groups.removeAll { $0.id == id } }

  /// The user whose extension this is in some group.
  func userID(atExtension number: String) -> String? {
    groups.lazy.flatMap(\.members).first { $0.extensionNumber == number }?.userID
  }

  func call(_ id: String, of clientID: String) -> ZohoPhoneBridgeCall? {
    let isMeant = { (call: ZohoPhoneBridgeCall) in call.id == id && call.clientID == clientID }
    return liveCalls.last(where: isMeant) ?? finishedCalls.last(where: isMeant)
  }

  /// Keeps the call where its state says it belongs.
  mutating func save(_ call: ZohoPhoneBridgeCall) {
    let isOther = { (other: ZohoPhoneBridgeCall) in other.id != call.id || other.clientID != call.clientID }
    guard !call.state.isLive else {
      if let index = liveCalls.firstIndex(where: { !isOther($0) }) {
        liveCalls[index] = call
      } else {
        liveCalls.append(call)
      }
      while liveCalls.count > Self.maximumLiveCalls {
        liveCalls.removeFirst()
        droppedCalls += 1
      }
      return
    }
    liveCalls.removeAll { !isOther($0) }
    finishedCalls.removeAll { !isOther($0) }
    finishedCalls.append(call)
    while finishedCalls.count > Self.maximumFinished { finishedCalls.removeFirst() }
  }

  mutating func note(_ error: ZohoDialError) {
    dialErrors.append(error)
    while dialErrors.count > Self.maximumFinished { dialErrors.removeFirst() }
  }
}

/// What a provider set up for one person over the API.
struct ZohoPhoneBridgeProvider: Codable, Hashable {
  /// The client that acts for the provider; nil before it enabled the integration.
  var clientID: String?
  var clickToDial: ZohoClickToDial?
  /// Addresses by parameter name: `answeruri`, `muteuri` …
  var callControl: [String: String] = [:]

  var isEmpty: Bool { clientID == nil && clickToDial == nil && callControl.isEmpty }
}

/// What Zoho would call when the user clicks a number (documented: Click to Dial).
struct ZohoClickToDial: Codable, Hashable {
  var address: String
  /// Whether the provider wants an authorization parameter sent along; its value is a secret and is not kept.
  var hasAuthorization: Bool
}

/// A click on a number that the provider could not carry out.
struct ZohoDialError: Codable, Hashable {
  let code: String
  let from: String
  let to: String
  let at: Instant
}
