/// Several packets in one frame, which `FrameDecoder.next` hands out one by one.
public struct FrameAggregate: Hashable, Sendable {
  /// Where in the frame those lie that were not handed out yet.
  public internal(set) var rest: Range<Int>
  /// Headers around them that count for `FrameDecoder.encapsulationsMax`.
  let encapsulations: UInt8
}

extension FrameDecoder {
  /// What the next packet carries; nil when there is none any more. Each one is a content of its own: one that is
  /// malformed says nothing of those behind it.
  /// - Parameter frame: the frame that the aggregate was found in.
  public static func next(_ aggregate: inout FrameAggregate, in frame: UnsafeRawBufferPointer) -> FrameContent? {
    var bytes = FrameBytes(frame, encapsulations: aggregate.encapsulations)
    guard aggregate.rest.upperBound <= bytes.end else { return nil }
    bytes.end = aggregate.rest.upperBound
    guard let (content, end) = WirelessAggregate.next(bytes, at: aggregate.rest.lowerBound) else { return nil }
    aggregate.rest = max(end, aggregate.rest.lowerBound)..<aggregate.rest.upperBound
    return content
  }
}
