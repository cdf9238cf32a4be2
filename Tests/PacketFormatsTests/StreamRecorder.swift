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

    init(direction: TCPReassembler.Direction, bytes: [UInt8], continuity: TCPReassembler.Continuity) {
      self.direction = direction
      self.bytes = bytes
      switch continuity {
      case .continued, .joined, .restarted: gapBefore = 0
      case .behindGap(let count): gapBefore = count
      case .beforeStart:
        gapBefore = 0
        isBeforeStart = true
      }
    }
  }

  var reassembler: TCPReassembler
  private(set) var runs: [Run] = []
  /// What the consumer answers; takes everything unless told otherwise.
  var answer: ([UInt8]) -> TCPReassembler.Consumption = { .consumed($0.count) }

  init(limits: TCPReassembler.Limits = TCPReassembler.Limits()) {
    reassembler = TCPReassembler(limits: limits)
  }

  var counts: TCPCounts { reassembler.counts }
  /// All bytes handed over, each run as text behind its gap.
  var transcript: [String] {
    runs.map {
      ($0.isBeforeStart ? "[early]" : $0.gapBefore > 0 ? "[\($0.gapBefore)]" : "")
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
    let answer = answer
    frame.withUnsafeBytes {
      reassembler.accept(segment, frame: $0, at: Instant(seconds: seconds)) { direction, bytes, continuity in
        new.append(Run(direction: direction, bytes: Array(bytes), continuity: continuity))
        return answer(Array(bytes))
      }
    }
    runs += new
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
    let answer = answer
    reassembler.finish { direction, bytes, continuity in
      new.append(Run(direction: direction, bytes: Array(bytes), continuity: continuity))
      return answer(Array(bytes))
    }
    runs += new
  }
}
