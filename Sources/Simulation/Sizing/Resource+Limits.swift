import HardwareProfiles

extension Resource {
  /// Whether a plan for remote users limits it, rather than the model.
  var isOfPlan: Bool {
    switch self {
    case .remoteCalls, .remoteUsers: true
    case .calls, .srtpCalls, .users, .conferenceRooms, .conferenceAttendees, .videoParticipants, .recordings,
      .fxoPorts, .digitalChannels:
      false
    }
  }

  /// What a model has of it; nil where nobody knows.
  func limit(in profile: Profile) -> Limit? {
    switch self {
    case .digitalChannels: Self.digitalChannels(of: profile)
    case .calls, .srtpCalls, .users, .conferenceRooms, .conferenceAttendees, .videoParticipants, .recordings,
      .fxoPorts, .remoteCalls, .remoteUsers:
      limitName.flatMap(profile.limit)
    }
  }

  /// Channels of all digital ports: by the narrowest line, and as alternatives by the wider ones.
  private static func digitalChannels(of profile: Profile) -> Limit? {
    guard var limit = profile.limit(.t1e1j1Ports) else { return nil }
    guard limit.value > 0 else { return limit }
    guard let lines = profile.traits.digitalLineChannels, let narrowest = lines.value.min(by: isNarrower) else {
      return nil
    }
    let ports = limit.value
    limit.value = ports * narrowest.channels
    limit.alternatives = lines.value.sorted(by: isNarrower).filter { $0.channels > narrowest.channels }.map { line in
      Limit.Alternative(value: ports * line.channels, source: lines.source, note: line.description)
    }
    limit.note = "\(ports) port\(ports == 1 ? "" : "s") of \(narrowest)"
    return limit
  }

  private static func isNarrower(_ left: DigitalLineChannels, _ right: DigitalLineChannels) -> Bool {
    (left.channels, left.description) < (right.channels, right.description)
  }
}
