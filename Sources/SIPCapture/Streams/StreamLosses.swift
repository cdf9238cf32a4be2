import PacketFormats

/// What TCP streams lost without a byte behind it that could tell, with the place where that was first seen.
struct StreamLosses {
  private var lost = 0
  private var forgotten = 0
  private var unfinished = 0
  private var firstUnfinished: CaptureAccount.Position?

  /// Compares what reassembly gave up with what the account knows of, after each segment and at the end.
  @inline(__always)
  mutating func look(at counts: TCPCounts, _ place: FramePlace, _ account: inout CaptureAccount) {
    let nowLost = counts.bytesSkipped &+ counts.bytesAbandoned
    let nowForgotten = counts.connectionsForgottenForTableSize &+ counts.connectionsForgottenForMemory
    // What is unfinished may be told by now, as a gap in front of the bytes that came.
    if nowLost != lost || nowForgotten != forgotten || unfinished > 0 { note(nowLost, nowForgotten, place, &account) }
  }

  private mutating func note(
    _ nowLost: Int, _ nowForgotten: Int, _ place: FramePlace, _ account: inout CaptureAccount
  ) {
    account.note(.streamForgotten, at: place.position, count: nowForgotten &- forgotten)
    forgotten = nowForgotten
    lost = nowLost
    unfinished = nowLost &- (account.diagnostics[.streamGap]?.count ?? 0)
    if unfinished <= 0 { firstUnfinished = nil } else if firstUnfinished == nil { firstUnfinished = place.position }
  }

  /// Notes what no bytes came behind.
  func finish(_ account: inout CaptureAccount) {
    guard let firstUnfinished else { return }
    account.note(.streamUnfinished, at: firstUnfinished, count: unfinished)
  }
}
