import PacketCapture
import PacketFormats
import Primitives
import TestSupport

/// An interface of which a test says what comes when; reading it moves the clock beside it.
final class ScriptedInterface: LiveFrameSource {
  /// What one call of `read` does.
  struct Step {
    /// What the clock shows afterwards.
    var clock: Instant
    var frames: [KeptFrame] = []
    var isDrained = true
    var losses = CaptureLosses()
    var isUp = true
  }

  let name = "scripted0"
  private(set) var clock: Instant
  private var steps: [Step]
  private var number = 0
  var losses = CaptureLosses()
  var isUp = true

  init(startingAt clock: Instant, _ steps: [Step]) {
    self.clock = clock
    self.steps = steps.reversed()
  }

  /// After the last step the interface is gone.
  func read(waiting wait: Instant.Span, frame: (Frame) -> Void) throws(TraceError) -> Bool {
    guard let step = steps.popLast() else {
      throw TraceError(file: name, frame: number, kind: .captureFailed(reason: "The interface disappeared"))
    }
    (clock, losses, isUp) = (step.clock, step.losses, step.isUp)
    for kept in step.frames {
      number += 1
      kept.bytes.withUnsafeBytes { bytes in
        frame(
          Frame(
            number: number, time: kept.time, linkType: kept.linkType, bytes: bytes,
            originalLength: kept.originalLength))
      }
    }
    return step.isDrained
  }
}

extension KeptFrame {
  /// A message over UDP in an IP packet.
  init(_ message: WrittenMessage) {
    let datagram = Packets.udp(
      Array(message.text.utf8), from: message.source.port, to: message.destination.port)
    let packet = Packets.ip(
      datagram, protocolNumber: 17, from: message.source.address, to: message.destination.address)
    self.init(time: message.time, linkType: .rawIP, bytes: packet, originalLength: packet.count)
  }
}
