public import HardwareProfiles

/// What a call or an extension takes from the appliance while it lasts, and gives back at its end.
///
/// The order is that in which an appliance is asked: of a demand that finds several short, the first is named.
public enum Resource: Int, Hashable, Sendable, CaseIterable {
  /// One for each call, however many phones ring.
  case calls
  /// One for each call whose media is encrypted on at least one side.
  case srtpCalls
  /// One for each call with a party outside the site's own networks, by way of the vendor's relay.
  case remoteCalls
  /// One for each extension with a contact bound, however many contacts it has.
  case users
  /// One for each extension with a contact bound from outside the site's own networks.
  case remoteUsers
  /// One for each conference room somebody is in.
  case conferenceRooms
  /// One for each party in a conference room, over all rooms.
  case conferenceAttendees
  /// One for each party in a conference room that sends or takes video.
  case videoParticipants
  /// One for each call that is being recorded.
  case recordings
  /// One for each call over a trunk that the site says is analog.
  case fxoPorts
  /// One for each call over a trunk that the site says is digital.
  case digitalChannels

  /// The limit of a profile that it is held against; nil for what a plan of the vendor's relay limits, and for the
  /// channels of digital ports, of which a profile knows only the ports.
  public var limitName: LimitName? {
    switch self {
    case .calls: .concurrentCalls
    case .srtpCalls: .concurrentSRTPCalls
    case .users: .users
    case .conferenceRooms: .conferenceRooms
    case .conferenceAttendees: .conferenceAttendees
    case .videoParticipants: .videoParticipants
    case .recordings: .simultaneousRecordings
    case .fxoPorts: .fxoPorts
    case .digitalChannels, .remoteCalls, .remoteUsers: nil
    }
  }
}

extension Resource {
  /// As `events.jsonl` and `summary.json` name it.
  public var name: String { String(describing: self) }

  /// Its name in a sentence, as "12 of 12 encrypted calls".
  public var words: String {
    switch self {
    case .calls: "calls"
    case .srtpCalls: "encrypted calls"
    case .remoteCalls: "remote calls"
    case .users: "users"
    case .remoteUsers: "remote users"
    case .conferenceRooms: "conference rooms"
    case .conferenceAttendees: "conference seats"
    case .videoParticipants: "video participants"
    case .recordings: "recordings"
    case .fxoPorts: "analog ports"
    case .digitalChannels: "digital channels"
    }
  }
}

/// Resources of which a demand takes one each.
public struct ResourceSet: OptionSet, Hashable, Sendable {
  /// One bit for each resource, at the place of its raw value.
  public let rawValue: UInt16

  /// The set with these bits; bits without a resource stand for nothing.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// Only that resource.
  public init(_ resource: Resource) { rawValue = 1 << UInt16(resource.rawValue) }

  /// Calls `body` with each of its resources in their order, without a list of them being made; false ends it.
  @inline(__always)
  func forEach(_ body: (Resource) -> Bool) {
    var bits = rawValue
    while bits != 0 {
      guard let resource = Resource(rawValue: bits.trailingZeroBitCount), body(resource) else { return }
      bits &= bits &- 1
    }
  }

  /// Whether one of `resource` is in the set.
  public func contains(_ resource: Resource) -> Bool { contains(ResourceSet(resource)) }
}
