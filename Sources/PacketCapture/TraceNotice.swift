/// Something in a trace that could not be used and that reading went past.
public struct TraceNotice: Hashable, Sendable {
  /// What was passed over.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Bytes that are no record or block, up to the next that is one.
    case damagedBytes
    /// A record that claims to hold more of its frame than there was, where only the frame's own length leads to the
    /// next record.
    case lengthBeyondFrame
    /// A block whose packet or secrets claim more bytes than it has.
    case packetBeyondBlock
    /// A packet block of an interface that was not described before it.
    case unknownInterface
    /// An interface whose options do not fit into their block; those in front of the bad one count.
    case optionBeyondBlock
    /// A block too short for what its type holds.
    case blockTooShort
    /// More interfaces than are kept for one section.
    case tooManyInterfaces
    /// More bytes of secrets than are kept.
    case tooManySecrets
    /// Members of a bundle that are no captures.
    case otherMembers
  }

  /// The file as named by the user.
  public let file: String
  /// What was passed over.
  public let kind: Kind
  /// How often.
  public internal(set) var count: Int
  /// Bytes passed over in all; 0 where that says nothing.
  public internal(set) var byteCount: Int64
  /// The number of frames before the first of these.
  public let frame: Int
  /// Where the first of these is, in the bytes of the capture once unpacked; nil for members of a bundle.
  public let byteOffset: Int64?
  /// The name of the first member, for members of a bundle.
  public let detail: String
}

extension TraceNotice: CustomStringConvertible {
  /// One line: file, place of the first, what it was and how often.
  public var description: String {
    let place = byteOffset.map { (frame > 0 ? " after frame \(frame), at byte \($0)" : " at byte \($0)") } ?? ""
    let times = count == 1 ? "" : " (the first of \(count) such)"
    return "\(file)\(place): \(problem)\(times)"
  }

  private var problem: String {
    switch kind {
    case .damagedBytes: "\(byteCount) bytes in all are no records; reading went on behind them"
    case .lengthBeyondFrame: "a record claims more bytes than its frame had; the frame's own length was taken"
    case .packetBeyondBlock: "a packet or secrets claim more bytes than their block has; they were passed over"
    case .unknownInterface: "a packet names an interface that is not described; it was passed over"
    case .optionBeyondBlock: "an option of an interface goes beyond its block; the rest of the options was passed over"
    case .blockTooShort: "a block is too short for its type; it was passed over"
    case .tooManyInterfaces: "more than \(PcapngReader.maximumInterfaceCount) interfaces; the rest was passed over"
    case .tooManySecrets: "more secrets than are kept; the rest was passed over"
    case .otherMembers: "a member is no capture and was passed over: \(detail)"
    }
  }
}

/// Counts of what was passed over, one entry for each kind.
struct TraceNotices {
  private(set) var all: [TraceNotice] = []

  mutating func add(
    _ kind: TraceNotice.Kind, in file: String, after frame: Int = 0, at offset: Int64? = nil, byteCount: Int64 = 0,
    detail: String = ""
  ) {
    if let index = all.firstIndex(where: { $0.kind == kind && $0.file == file }) {
      all[index].count += 1
      all[index].byteCount &+= byteCount
    } else {
      all.append(
        TraceNotice(
          file: file, kind: kind, count: 1, byteCount: byteCount, frame: frame, byteOffset: offset, detail: detail))
    }
  }
}
