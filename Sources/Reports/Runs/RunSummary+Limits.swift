import HardwareProfiles
import JSON
import PBXModel
import Primitives
import Simulation

/// What was in use against each limit, of the appliance, of its trunks and of its extensions.
extension RunSummary {
  /// The share of a limit above which its use is near to it.
  static let nearPercent = 80

  /// Every resource by its name, whether or not anything of it was used.
  var limitsJSON: JSONValue {
    .object(Resource.allCases.map { .init($0.limitName?.rawValue ?? $0.name, Self.json(ledger[$0])) })
  }

  private static func json(_ use: ResourceUse) -> JSONValue {
    [
      "limit": .optional(use.limit.map { Int64($0.value) }),
      "source": .optional(use.limit?.source),
      "certainty": .optional(use.limit?.certainty.rawValue),
      "peak": .integer(Int64(use.peak)), "peakAt": .optional(use.peakAt?.iso8601),
      "secondsAbove80Percent": .optional(
        use.limit.map { use.time(abovePercent: nearPercent, of: $0.value).wholeSeconds }),
      "refused": .integer(Int64(use.refusals)), "firstRefusedAt": .optional(use.firstRefusedAt?.iso8601),
    ]
  }

  static func json(_ trunk: TrunkUse) -> JSONValue {
    [
      "name": .string(trunk.name), "index": .integer(Int64(trunk.index)), "line": .string(trunk.line.rawValue),
      "outgoing": json(trunk.outgoing, max: trunk.outgoingMax),
      "incoming": json(trunk.incoming, max: trunk.incomingMax),
      "takenOver": .integer(Int64(trunk.takenOver)),
    ]
  }

  private static func json(_ use: ResourceUse, max: Int?) -> JSONValue {
    [
      "limit": .optional(max.map { Int64($0) }), "peak": .integer(Int64(use.peak)),
      "peakAt": .optional(use.peakAt?.iso8601),
      "secondsAbove80Percent": .optional(max.map { use.time(abovePercent: nearPercent, of: $0).wholeSeconds }),
      "refused": .integer(Int64(use.refusals)), "firstRefusedAt": .optional(use.firstRefusedAt?.iso8601),
    ]
  }

  static func json(_ use: ExtensionUse) -> JSONValue {
    [
      "extension": .string(use.number), "limit": .integer(Int64(use.bindingsMax)), "peak": .integer(Int64(use.peak)),
      "refused": .integer(Int64(use.refused)), "displaced": .integer(Int64(use.displaced)),
    ]
  }

  /// `12 of 30 calls (documented: …)`, and how long it was near the limit.
  func use(_ resource: Resource, _ what: String) -> String {
    let use = ledger[resource]
    guard let limit = use.limit else { return "\(use.peak) \(what) (limit unknown, not enforced)" }
    let near = use.time(abovePercent: Self.nearPercent, of: limit.value).wholeSeconds
    let nearness = near > 0 ? ", \(near) s above \(Self.nearPercent) %" : ""
    return "\(use.peak) of \(limit.value) \(what) (\(limit.certainty.rawValue): \(limit.source))\(nearness)"
  }

  /// Of what was used or refused beside calls and users.
  var otherPeaks: [String] {
    Resource.allCases.compactMap { resource in
      switch resource {
      case .calls, .users: nil
      case .srtpCalls, .remoteCalls, .remoteUsers, .conferenceRooms, .conferenceAttendees, .videoParticipants,
        .recordings, .fxoPorts, .digitalChannels:
        ledger[resource].peak + ledger[resource].refusals > 0 ? use(resource, resource.words) : nil
      }
    }
  }

  /// One line for each limit that refused something.
  var refusedByLimit: [String] {
    let resources: [String] = Resource.allCases.compactMap { resource in
      let use = ledger[resource]
      guard use.refusals > 0 else { return nil }
      let first = use.firstRefusedAt.map { ", first at \(timeZone.local($0).text)" } ?? ""
      return "\(use.refusals) for want of \(resource.words)\(first)"
    }
    let lines: [String] = trunks.flatMap { trunk in
      [(trunk.outgoing, "out"), (trunk.incoming, "in")].compactMap { use, way in
        use.refusals > 0 ? "\(use.refusals) \(way) over trunk \(trunk.name)" : nil
      }
    }
    return resources + lines
  }

  /// What the run did otherwise than the recorded box, beside refusing.
  var divergences: [String] {
    let counts: [(Int, String)] = [
      (tally.callsUnreachable, "to extensions not registered here"),
      (tally.callsToMailbox, "to the mailboxes of such extensions"),
      (tally.outcomesUnknown, "with an outcome nobody can know"),
      (tally.failovers, "over a failover trunk"), (tally.callsRetried, "that try a refused one again"),
      (tally.recordingsMissed, "not recorded"), (tally.partiesWithoutVideo, "in conferences without video"),
    ]
    return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }

  /// Trunks that carried something, as `2 out and 3 in at once over Carrier`.
  var trunkPeaks: [String] {
    trunks.filter { $0.outgoing.peak + $0.incoming.peak > 0 }.map { trunk in
      let out = trunk.outgoingMax.map { "\(trunk.outgoing.peak) of \($0)" } ?? "\(trunk.outgoing.peak)"
      let incoming = trunk.incomingMax.map { "\(trunk.incoming.peak) of \($0)" } ?? "\(trunk.incoming.peak)"
      return "\(trunk.name): \(out) out, \(incoming) in"
    }
  }

  /// As `1000 (3 bindings at most): 2 refused`.
  var extensionExcesses: [String] {
    extensions.map { use in
      let parts = [(use.refused, "refused"), (use.displaced, "displaced")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      return "\(use.number) (\(use.bindingsMax) bindings at most): \(parts.joined(separator: ", "))"
    }
  }
}
