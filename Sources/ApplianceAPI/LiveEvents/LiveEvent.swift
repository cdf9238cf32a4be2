/// What the push channel tells of (documented; those that the trace shows nothing of are never told).
public enum LiveEvent: String, Hashable, Sendable, CaseIterable {
  /// Calls, registered extensions and the like, as numbers.
  case pbxStatus = "PbxStatus"
  /// An extension's status or address is another.
  case extensionStatus = "ExtensionStatus"
  /// A channel came, changed or went.
  case activeCallStatus = "ActiveCallStatus"
  /// An agent's status is another.
  case callQueueStatus = "CallQueueStatus"
  case interfaceStatus = "InterfaceStatus"
  case trunkStatus = "TrunkStatus"
  case conferenceForVideoStatus = "ConferenceForVideoStatus"
  case voiceMailStatus = "VoiceMailStatus"
  case equipmentCapacityStatus = "EquipmentCapacityStatus"
  case eventListStatus = "EventListStatus"
  case scaUserStatus = "ScaUserStatus"
  case scaLineStatus = "ScaLineStatus"
  case scaLineStatusClean = "ScaLineStatusClean"
  case sendMailStatus
  case emailToUserStatus = "EmailToUserStatus"
  case haStatus = "HaStatus"
  case pmsRoomStatus = "PMSRoomStatus"
  case pmsWakeupStatus = "PMSWakeupStatus"
  case crmUserStatus = "CRMUserStatus"
  /// Observed on a 6204, as is the next.
  case presenceStatus = "PresenceStatus"
  case resourceUsageStatus = "ResourceUsageStatus"

  /// The action whose right it takes (assumed).
  var right: APIAction {
    switch self {
    case .extensionStatus, .presenceStatus, .voiceMailStatus: .listAccount
    case .activeCallStatus: .listBridgedChannels
    case .callQueueStatus: .listQueue
    case .trunkStatus: .listVoIPTrunk
    case .crmUserStatus: .getCRMUserSettings
    case .pbxStatus, .interfaceStatus, .conferenceForVideoStatus, .equipmentCapacityStatus, .eventListStatus,
      .scaUserStatus, .scaLineStatus, .scaLineStatusClean, .sendMailStatus, .emailToUserStatus, .haStatus,
      .pmsRoomStatus, .pmsWakeupStatus, .resourceUsageStatus:
      .getSystemStatus
    }
  }
}

/// An event, of everything or of some numbers: `ExtensionStatus`, `ExtensionStatus/1006`, `ExtensionStatus/1005~1007`
/// (documented).
struct LiveEventTopic: Hashable {
  let event: LiveEvent
  /// nil for every number.
  let numbers: ClosedRange<Int64>?

  /// nil for what is no event.
  init?(_ name: String) {
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard name.utf8.count <= 128, let first = parts.first, let event = LiveEvent(rawValue: String(first)) else {
      return nil
    }
    self.event = event
    guard parts.count == 2 else {
      numbers = nil
      return
    }
    let ends = parts[1].split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false).map(Self.number)
    guard let low = ends.first ?? nil, let high = ends.last ?? nil, low <= high else { return nil }
    numbers = low...high
  }

  /// Whether it is about that extension or group.
  func covers(_ number: String) -> Bool {
    guard let numbers else { return true }
    return Self.number(number[...]).map { numbers.contains($0) } ?? false
  }

  private static func number(_ text: Substring) -> Int64? {
    (1...18).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) } ? Int64(text) : nil
  }
}
