import SIP

/// What a session description says that a ladder shows: where media are wanted, and whether the call is held.
public struct LadderSession: Hashable, Sendable {
  /// One medium that is wanted.
  public struct Medium: Hashable, Sendable {
    /// `audio`, `video` …
    public let type: String
    /// `192.0.2.1:4000` or `[2001:db8::1]:4000`; the port alone where no address is given.
    public let target: String
    /// The medium goes as SRTP.
    public let isEncrypted: Bool
  }

  /// How the sender of the description limits the flow; of its media in use, the first that is limited.
  public enum Direction: String, Hashable, Sendable {
    /// Both ways.
    case sendrecv
    /// Hold with music (RFC 3264 section 8.4).
    case sendonly
    /// The other side's hold, answered.
    case recvonly
    /// Neither way.
    case inactive
  }

  /// Media in use, at most `mediaMax`.
  public let media: [Medium]
  /// Seen from the sender.
  public let direction: Direction
  /// Every medium in use is on hold, by direction or by the address 0.0.0.0.
  public let isHold: Bool

  private static let mediaMax = 8

  init(_ description: SessionDescription) {
    var media: [Medium] = []
    var direction = Direction.sendrecv
    description.forEachMedium { medium in
      guard !medium.isRefused, media.count < Self.mediaMax else { return }
      if direction == .sendrecv { direction = Direction(medium.direction) }
      media.append(
        Medium(
          type: LadderMessage.cut(medium.type), target: Self.target(medium),
          isEncrypted: medium.encryption != nil))
    }
    self.media = media
    self.direction = direction
    isHold = description.isOnHold
  }

  private static func target(_ medium: MediaDescription) -> String {
    guard let address = medium.address else { return "port \(medium.port)" }
    let text = LadderMessage.cut(address)
    return (text.contains(":") ? "[\(text)]" : text) + ":\(medium.port)"
  }
}

extension LadderSession.Direction {
  init(_ direction: MediaDescription.Direction) {
    self =
      switch direction {
      case .sendAndReceive: .sendrecv
      case .sendOnly: .sendonly
      case .receiveOnly: .recvonly
      case .inactive: .inactive
      }
  }
}
