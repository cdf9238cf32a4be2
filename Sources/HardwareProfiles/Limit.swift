public import Primitives

/// What a model can run out of. The raw values are the keys of `limits:` in a profile file.
public enum LimitName: String, Hashable, Sendable, CaseIterable {
  /// Users the model is sold for; the simulation counts extensions with a contact bound against it.
  case users
  /// The most extensions the web GUI lets anybody create, which is not always what the model is sold for.
  case extensionsInWebGUI
  /// Calls at one moment, a two-party call counting once.
  case concurrentCalls
  /// Calls at one moment whose media is encrypted (RFC 3711); smaller than `concurrentCalls` where it is known.
  case concurrentSRTPCalls
  /// Conference rooms that can be set up.
  case conferenceRooms
  /// Over all rooms together, not per room.
  case conferenceAttendees
  /// Groups of contacts in the address book.
  case contactGroups
  /// Trunks an outbound route may fall back on.
  case failoverTrunks
  /// Analog ports to the telephone network.
  case fxoPorts
  /// Analog ports to telephones and fax machines.
  case fxsPorts
  /// Digital ports to the telephone network: T1, E1 or J1; `TraitName.digitalLineChannels` has the calls of each.
  case t1e1j1Ports
  /// Ethernet sockets.
  case ethernetPorts
  /// Parties with video in meetings at one moment.
  case videoParticipants
  /// Calls that can be recorded at one moment.
  case simultaneousRecordings
  /// Flash for the appliance's own data.
  case storage
  /// Rows the appliance keeps of its calls.
  case cdrRecords

  /// The unit a value of this limit is counted in.
  public var unit: LimitUnit {
    switch self {
    case .users: .users
    case .extensionsInWebGUI: .extensions
    case .concurrentCalls, .concurrentSRTPCalls: .calls
    case .conferenceRooms: .rooms
    case .conferenceAttendees: .attendees
    case .contactGroups: .groups
    case .failoverTrunks: .trunks
    case .fxoPorts, .fxsPorts, .t1e1j1Ports, .ethernetPorts: .ports
    case .videoParticipants: .participants
    case .simultaneousRecordings: .recordings
    case .storage: .bytes
    case .cdrRecords: .rows
    }
  }
}

/// What a limit counts.
public enum LimitUnit: String, Hashable, Sendable, CaseIterable {
  /// Users, as the model is sold for.
  case users
  /// Extensions set up, registered or not.
  case extensions
  /// Calls at one moment.
  case calls
  /// Conference rooms.
  case rooms
  /// People in conferences at one moment, over all rooms.
  case attendees
  /// Contact groups.
  case groups
  /// Trunks.
  case trunks
  /// Sockets on the case.
  case ports
  /// Parties with video at one moment.
  case participants
  /// Recordings going on at one moment.
  case recordings
  /// Bytes, 8 bits each.
  case bytes
  /// Rows of the CDR.
  case rows

  /// The largest value that is taken for one; whatever is larger is a slip of the pen.
  public var valueMax: Int {
    switch self {
    case .bytes: 1 << 50
    case .rows: 1_000_000_000
    case .users, .extensions, .calls, .rooms, .attendees, .groups, .trunks, .ports, .participants, .recordings:
      1_000_000
    }
  }
}

/// How far a fact can be trusted, beside what kind of source it has (`hardware-profiles/README.md`).
public enum Confidence: String, Hashable, Sendable, CaseIterable, Comparable {
  /// One weak source, or recall.
  case low
  /// An independent statement of a user or reseller, or derived from Asterisk.
  case medium
  /// The vendor's own document or front end, or raw data of a real unit.
  case high

  /// `low` before `medium` before `high`.
  public static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    }
  }
}

/// One limit of one model: a number, what it counts, who says so and how sure that is.
public struct Limit: Hashable, Sendable {
  /// Another value somebody gives for the same limit.
  public struct Alternative: Hashable, Sendable {
    /// The number.
    public var value: Int
    /// As `Limit.source`.
    public var source: String
    /// What a reader should know beside the value.
    public var note: String?

    /// Takes every part as it is.
    public init(value: Int, source: String, note: String? = nil) {
      self.value = value
      self.source = source
      self.note = note
    }
  }

  /// Never negative.
  public var value: Int
  /// What the value counts; always the unit of the limit's name.
  public var unit: LimitUnit
  /// Key of the source list in `hardware-profiles/README.md` and a few words: `D3: conference guide`.
  public var source: String
  /// What kind of source the value rests on.
  public var certainty: Certainty
  /// How far the value can be trusted within its kind of source.
  public var confidence: Confidence
  /// What other sources say; empty when none says otherwise.
  public var alternatives: [Alternative]
  /// What a reader should know beside the value.
  public var note: String?

  /// Takes every part as it is.
  public init(
    value: Int, unit: LimitUnit, source: String, certainty: Certainty, confidence: Confidence,
    alternatives: [Alternative] = [], note: String? = nil
  ) {
    self.value = value
    self.unit = unit
    self.source = source
    self.certainty = certainty
    self.confidence = confidence
    self.alternatives = alternatives
    self.note = note
  }
}
