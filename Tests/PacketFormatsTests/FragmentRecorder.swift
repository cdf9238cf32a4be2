import PacketFormats
import Primitives
import TestSupport

/// Hands fragments to a reassembler, one frame each, and writes down what becomes of them.
struct FragmentRecorder {
  var reassembler = FragmentReassembler()
  private(set) var outcomes: [FragmentReassembler.Outcome] = []
  private(set) var lost: [FragmentReassembler.Loss] = []

  init(limits: FragmentReassembler.Limits = .init()) {
    reassembler = FragmentReassembler(limits: limits)
  }

  var whole: [IPDatagram] {
    outcomes.compactMap { if case .complete(let datagram) = $0 { datagram } else { nil } }
  }

  var names: [String] {
    outcomes.map {
      switch $0 {
      case .waiting: "waiting"
      case .repeated: "repeated"
      case .dropped: "dropped"
      case .complete: "complete"
      }
    }
  }

  /// An IP packet that is a fragment; anything else is a mistake of the test.
  mutating func receive(_ packet: [UInt8], at time: Instant = .epoch) throws {
    guard case .fragment(let fragment) = decode(packet, linkType: .rawIP) else { throw NoFragment() }
    accept(fragment, packet, at: time)
  }

  mutating func accept(_ fragment: IPFragment, _ frame: [UInt8], at time: Instant = .epoch) {
    let place = CapturePlace(frame: outcomes.count + 1)
    var told: [FragmentReassembler.Loss] = []
    let outcome = frame.withUnsafeBytes {
      reassembler.accept(fragment, frame: $0, at: time, from: place) { told.append($0) }
    }
    outcomes.append(outcome)
    lost += told
  }

  mutating func finish() {
    var told: [FragmentReassembler.Loss] = []
    reassembler.finish { told.append($0) }
    lost += told
  }

  struct NoFragment: Error {}
}
