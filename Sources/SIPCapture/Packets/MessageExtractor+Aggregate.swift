import PacketFormats

extension MessageExtractor {
  /// Reads each packet of a frame that holds several. Its fate is that of a packet that
  /// could not be got at, or else that of its messages.
  mutating func take(
    _ aggregate: FrameAggregate, _ bytes: UnsafeRawBufferPointer, _ place: FramePlace,
    _ report: (CapturedMessage) -> Void
  ) -> CaptureAccount.Fate {
    var aggregate = aggregate
    var fate: CaptureAccount.Fate?
    while let content = FrameDecoder.next(&aggregate, in: bytes) {
      let own = take(content, bytes, place, report)
      fate = fate.map { account.worse(of: $0, and: own, at: place.position) } ?? own
    }
    return fate ?? .notCarried(.wirelessWithoutData)
  }
}
