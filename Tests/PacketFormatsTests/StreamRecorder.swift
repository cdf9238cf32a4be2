import PacketFormats
import Primitives
import TestSupport

/// Drives a reassembler with segments of one connection and writes down what it hands over.
struct StreamRecorder {
  struct Run: Hashable {
    let direction: TCPReassembler.Direction
    let bytes: [UInt8]
    let gapBefore: Int
    var isBeforeStart = false
    /// How many bytes of a run that came too late are new or in front of what is.
    var lateBefore: Int?

    init(direction: TCPReassembler.Direction, bytes: [UInt8], continuity: TCPReassembler.Continuity) {
      self.direction = direction
      self.bytes = bytes
      switch continuity {
      case .continued, .joined, .restarted: gapBefore = 0
      case .behindGap(let count): gapBefore = count
      case .beforeStart:
        gapBefore = 0
        isBeforeStart = true
      case .late(let known):
        gapBefore = 0
        lateBefore = bytes.count - known
      case .unfinished: gapBefore = 0
      }
    }
  }

  var reassembler: TCPReassembler
  private(set) var runs: [Run] = []
  /// What was offered for the last time, and not taken.
  private(set) var unfinished: [String] = []
  /// What the consumer answers; takes everything unless told otherwise.
  var answer: ([UInt8]) -> TCPReassembler.Consumption = { .consumed($0.count) }

  init(limits: TCPReassembler.Limits = TCPReassembler.Limits()) {
    reassembler = TCPReassembler(limits: limits)
  }

  var counts: TCPCounts { reassembler.counts }
  /// All bytes handed over, each run as text behind its gap.
  var transcript: [String] {
    runs.map {
      ($0.lateBefore.map { "[late \($0)]" } ?? "")
        + ($0.isBeforeStart ? "[early]" : $0.gapBefore > 0 ? "[\($0.gapBefore)]" : "")
        + String(decoding: $0.bytes, as: UTF8.self)
    }
  }

  mutating func send(
    _ bytes: [UInt8], sequence: UInt32, flags: TCPFlags = .ack, acknowledgment: UInt32 = 0,
    from source: IPEndpoint = phone, to destination: IPEndpoint = appliance, lengthOnWire: Int? = nil,
    at seconds: Int64 = 0
  ) {
    let segment = TCPSegment(
      source: source, destination: destination, sequence: sequence, acknowledgment: acknowledgment, flags: flags,
      payload: 3..<3 + bytes.count, lengthOnWire: lengthOnWire)
    let frame: [UInt8] = [0, 0, 0] + bytes + [0xee]
    var new: [Run] = []
    var unfinished: [String] = []
    let answer = answer
    frame.withUnsafeBytes {
      reassembler.accept(segment, frame: $0, at: Instant(seconds: seconds)) { direction, bytes, continuity in
        if case .unfinished = continuity {
          unfinished.append(String(decoding: bytes, as: UTF8.self))
          return .consumed(0)
        }
        new.append(Run(direction: direction, bytes: Array(bytes), continuity: continuity))
        return answer(Array(bytes))
      }
    }
    runs += new
    self.unfinished += unfinished
  }

  mutating func send(
    _ text: String, sequence: UInt32, flags: TCPFlags = .ack, acknowledgment: UInt32 = 0,
    from source: IPEndpoint = phone, to destination: IPEndpoint = appliance, lengthOnWire: Int? = nil,
    at seconds: Int64 = 0
  ) {
    send(
      Array(text.utf8), sequence: sequence, flags: flags, acknowledgment: acknowledgment, from: source,
      to: destination, lengthOnWire: lengthOnWire, at: seconds)
  }

  mutating func finish() {
    var new: [Run] = []
    var unfinished: [String] = []
    let answer = answer
    reassembler.finish { direction, bytes, continuity in
      if case .unfinished = continuity {
        unfinished.append(String(decoding: bytes, as: UTF8.self))
        return .consumed(0)
      }
      new.append(Run(direction: direction, bytes: Array(bytes), continuity: continuity))
      return answer(Array(bytes))
    }
    runs += new
    self.unfinished += unfinished
  }
}
