import PacketFormats

/// What TCP streams lost without a byte behind it that could tell, with the place where that was first seen.
struct StreamLosses {
  private var forgotten = 0
  private var unfinished = 0
  private var firstUnfinished: CaptureAccount.Position?

  /// Compares what reassembly gave up with what the account knows of, after each segment and at the end.
  ///
  /// - Parameter noted: bytes of the gaps that the account was told of.
  @inline(__always)
  mutating func look(
    at counts: TCPCounts, noted: Int, _ place: FramePlace, _ account: inout CaptureAccount
  ) {
    let lost = counts.bytesSkipped &+ counts.bytesAbandoned
    let nowForgotten = counts.connectionsForgottenForTableSize &+ counts.connectionsForgottenForMemory
    if lost != noted || nowForgotten != forgotten || unfinished != 0 {
      note(lost &- noted, nowForgotten, place, &account)
    }
  }

  private mutating func note(
    _ lost: Int, _ nowForgotten: Int, _ place: FramePlace, _ account: inout CaptureAccount
  ) {
    account.note(.streamForgotten, at: place.position, count: nowForgotten &- forgotten)
    forgotten = nowForgotten
    // A gap is told with the bytes behind it; what is left had none so far.
    unfinished = lost
    if unfinished <= 0 { firstUnfinished = nil } else if firstUnfinished == nil { firstUnfinished = place.position }
  }

  /// Notes what no bytes came behind.
  func finish(_ account: inout CaptureAccount) {
    guard let firstUnfinished else { return }
    account.note(.streamUnfinished, at: firstUnfinished, count: unfinished)
  }
}
