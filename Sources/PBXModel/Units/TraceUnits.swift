public import Primitives
import SIP
public import SIPCapture

/// What the frames of a trace belong to: calls with all their legs, and transactions.
public struct TraceUnits {
  /// What is taken away together.
  public enum Level: Int, Sendable, CaseIterable {
    /// Frames that hold no SIP message, each by itself.
    case otherFrames
    /// Calls with all their legs; other messages by their Call-ID, such as the registrations of a phone.
    case calls
    /// A request with its responses, and with its CANCEL or ACK.
    case transactions
    /// Every frame by itself.
    case frames
  }

  /// For each frame the number of its call; nil where no message ends in it.
  private var calls: [Int?]
  /// For each frame the number of its transaction; nil where no message ends in it.
  private var transactions: [Int?]

  /// How many calls and Call-IDs outside of calls there are.
  public var callCount: Int { Set(calls.compactMap { $0 }).count }

  private var model: TraceModel
  private var groups = Groups()
  private var numbers: [Transaction: Int] = [:]

  /// Of a trace of so many frames that has not been read yet.
  public init(frameCount: Int, site: Site, pbx: PBXAddresses) {
    calls = Array(repeating: nil, count: max(0, frameCount))
    transactions = calls
    model = TraceModel(site: site, pbx: pbx)
  }

  /// Reads one message of the one trace; messages come in its order.
  public mutating func receive(_ captured: CapturedMessage) {
    let place = captured.frame - 1
    if calls.indices.contains(place) {
      let callID = captured.message.callID?.stableHash ?? 0
      let group = groups.number(of: callID)
      // One that several messages share holds their calls together.
      if let other = calls[place] { groups.join(group, other) } else { calls[place] = group }
      let transaction = Transaction(callID: callID, cseq: captured.message.cseq?.number ?? 0)
      let number = numbers[transaction] ?? numbers.count
      numbers[transaction] = number
      transactions[place] = transactions[place] ?? number
    }
    model.receive(captured) { groups.note($0) }
  }

  /// The end of the trace, after which units can be asked for.
  public mutating func finish(at now: Instant) {
    for call in model.calls.runningCalls { groups.note(call) }
    model.finish(at: now) { groups.note($0) }
    calls = calls.map { $0.map { groups.first(of: $0) } }
    numbers = [:]
  }

  private struct Transaction: Hashable {
    let callID: UInt64
    let cseq: UInt32
  }

  /// The frames of each unit, of those that are left, in the order in which the units begin. Frames of no unit stay.
  public func units(_ level: Level, among frames: [Int]) -> [[Int]] {
    switch level {
    case .otherFrames: return frames.filter { !calls.indices.contains($0) || calls[$0] == nil }.map { [$0] }
    case .frames: return frames.map { [$0] }
    case .calls: return grouped(frames, by: calls)
    case .transactions: return grouped(frames, by: transactions)
    }
  }

  private func grouped(_ frames: [Int], by numbers: [Int?]) -> [[Int]] {
    var places: [Int: Int] = [:]
    var units: [[Int]] = []
    for frame in frames {
      guard numbers.indices.contains(frame), let number = numbers[frame] else { continue }
      if let place = places[number] {
        units[place].append(frame)
      } else {
        places[number] = units.count
        units.append([frame])
      }
    }
    return units
  }
}

/// Call-IDs that belong together.
private struct Groups {
  private var numbers: [UInt64: Int] = [:]
  /// A number of the same group that is nearer to its first one, which names itself.
  private var parents: [Int] = []

  mutating func number(of callID: UInt64) -> Int {
    if let number = numbers[callID] { return number }
    parents.append(parents.count)
    numbers[callID] = parents.count - 1
    return parents.count - 1
  }

  mutating func first(of number: Int) -> Int {
    var number = number
    while parents[number] != number {
      parents[number] = parents[parents[number]]
      number = parents[number]
    }
    return number
  }

  mutating func join(_ one: Int, _ other: Int) {
    let (one, other) = (first(of: one), first(of: other))
    parents[max(one, other)] = min(one, other)
  }

  mutating func note(_ event: TraceModel.Event) {
    guard case .call(let event) = event else { return }
    switch event {
    // A call that came into another one has no end of its own.
    case .cameIn(let call, _), .ended(let call): note(call)
    case .started, .dialled, .ringing, .answered, .connected, .legEnded: break
    }
  }

  mutating func note(_ call: Call) {
    var first: Int?
    for leg in call.legs {
      var text = leg.leg.callID
      let number = number(of: text.withUTF8 { SIPText(UnsafeRawBufferPointer($0)).stableHash })
      if let first { join(first, number) } else { first = number }
    }
  }
}
