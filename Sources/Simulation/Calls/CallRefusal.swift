/// Why the appliance did not carry a call, or did not dial one of its legs, though the recorded box did.
public enum CallRefusal: Hashable, Sendable {
  /// The model, or a plan, has no more of it.
  case resource(Resource)
  /// As many calls as the site file allows came in over that trunk.
  case trunkIncoming(String)
  /// As many calls as the site file allows went out over that trunk, or its line had no place, and no other trunk of
  /// the route could take the call.
  case trunkOutgoing(String)
  /// The extension has no contact here, because its REGISTER was refused or its binding made room for another.
  case notRegistered(String)

  /// As `events.jsonl` names it.
  public var name: String {
    switch self {
    case .resource(let resource): resource.name
    case .trunkIncoming: "trunkIncoming"
    case .trunkOutgoing: "trunkOutgoing"
    case .notRegistered: "notRegistered"
    }
  }

  /// The trunk or extension it is about; nil for what the appliance has for all.
  public var subject: String? {
    switch self {
    case .resource: nil
    case .trunkIncoming(let name), .trunkOutgoing(let name), .notRegistered(let name): name
    }
  }
}

/// Why nobody can say how a call would have gone on here.
public enum UnknownOutcome: String, Hashable, Sendable, CaseIterable {
  /// Who answered it on the recorded box was not dialled here, and others were or could have been.
  case answererAbsent
  /// A party came into it out of a call that was refused here.
  case partyOfRefusedCall
}
