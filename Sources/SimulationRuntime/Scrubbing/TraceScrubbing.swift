public import PacketCapture
public import Primitives
public import Scrubbing
import Glibc
import PacketFormats
import SIPCapture

/// Traces to traces under other names: read once to note what they name, and once more to write them anew.
///
/// The new trace holds the SIP messages alone, each in a packet of its own without a link layer, at its time moved by
/// whole weeks, and from and to the pseudonyms of its endpoints. Messages that came over TLS or a WebSocket are written
/// as a TCP stream, those of SCTP as datagrams: how they travelled tells the appliance nothing (observed: no rule of
/// the simulation asks for it). Media, names, copies of packets and what could not be read are left out and counted.
public struct TraceScrubbing {
  /// Why a trace could not be written.
  public enum Failure: Error, CustomStringConvertible {
    /// The given trace cannot be read.
    case trace(TraceError)
    /// The new one cannot be written.
    case file(TraceWriter.Failure)
    /// There is nothing to write.
    case noMessage(String)

    /// One line: what, where, and the remedy.
    public var description: String {
      switch self {
      case .trace(let error): error.description
      case .file(let failure): failure.description
      case .noMessage(let name): "\(name): no SIP message is in it; nothing would be left of it"
      }
    }
  }

  /// What a pass over a trace came to.
  public struct Outcome: Sendable {
    /// Messages read and written.
    public internal(set) var messages = 0
    /// What of the trace was read; frames without a message are among them.
    public internal(set) var scan: TraceScan.Outcome
  }

  /// Renames; holds what was noted and what was left out.
  public var scrubber: MessageScrubber

  /// A pass that has seen nothing.
  public init(_ scrubber: MessageScrubber) { self.scrubber = scrubber }

  /// Notes what a trace names.
  public mutating func note(_ scan: TraceScan) throws(Failure) {
    let losses = scrubber.losses
    _ = try run(scan) { (_, _, _) throws(TraceWriter.Failure) in }
    scrubber.losses = losses
  }

  /// Writes a trace anew; what was noted has to be settled.
  public mutating func write(_ scan: TraceScan, to path: String) throws(Failure) -> Outcome {
    let writer: TraceWriter
    do throws(TraceWriter.Failure) {
      writer = try TraceWriter(path: path, linkType: .rawIP)
    } catch { throw .file(error) }
    var packets = PacketBuilder()
    var last: (time: Instant, source: IPEndpoint, destination: IPEndpoint)?
    let shift = shift
    let outcome = try run(scan) { (captured, source, bytes) throws(TraceWriter.Failure) in
      let time = captured.time + shift
      last = (time, source.0, source.1)
      guard captured.transport.isStream || captured.transport.isWebSocket else {
        return try writer.append(packets.datagram(bytes, from: source.0, to: source.1), at: time)
      }
      for packet in packets.segments(bytes, from: source.0, to: source.1) { try writer.append(packet, at: time) }
    }
    guard outcome.messages > 0, let last else {
      throw .noMessage(scan.sources.map(\.description).joined(separator: ", "))
    }
    do throws(TraceWriter.Failure) {
      // Where the trace went on without messages, an empty line says how long: running calls end with it.
      if let end = outcome.scan.last.map({ $0 + shift }), end > last.time {
        try writer.append(packets.datagram([13, 10, 13, 10], from: last.source, to: last.destination), at: end)
      }
      try writer.close()
    } catch { throw .file(error) }
    for (fate, tally) in outcome.scan.account.fates where !fate.isMessage {
      scrubber.losses.add(frames: tally.frames, "frames: \(fate.phrase)")
    }
    return outcome
  }

  /// From a time in the given trace to that in the new one.
  public var shift: Instant.Span { .seconds(Int64(clamping: scrubber.weeks) * 7 * 86_400) }

  private mutating func run(
    _ scan: TraceScan,
    _ report: (CapturedMessage, (IPEndpoint, IPEndpoint), [UInt8]) throws(TraceWriter.Failure) -> Void
  ) throws(Failure) -> Outcome {
    var messages = 0
    var failure: TraceWriter.Failure?
    var scrubber = self.scrubber
    let outcome: TraceScan.Outcome
    do throws(TraceError) {
      outcome = try scan.run { captured in
        messages += 1
        let source = scrubber.renaming.endpoint(captured.source)
        let destination = scrubber.renaming.endpoint(captured.destination)
        let needsLength = captured.transport.isStream || captured.transport.isWebSocket
        let bytes = scrubber.scrub(captured.message, needsLength: needsLength)
        do throws(TraceWriter.Failure) {
          try report(captured, (source, destination), bytes)
        } catch {
          failure = error
          return false
        }
        return true
      }
    } catch { throw .trace(error) }
    self.scrubber = scrubber
    if let failure { throw .file(failure) }
    if let broken = outcome.failures.first { throw .trace(broken) }
    return Outcome(messages: messages, scan: outcome)
  }
}

extension SIPTransport {
  fileprivate var isWebSocket: Bool {
    switch self {
    case .ws, .wss: true
    case .udp, .tcp, .sctp, .tls: false
    }
  }
}

extension CaptureAccount.Fate {
  /// Whether what such a frame carries is in the new trace.
  fileprivate var isMessage: Bool {
    switch self {
    case .message, .cutMessage, .kept: true
    case .keepAlive, .notSIP, .segmentWithoutPayload, .duplicate, .retransmission, .junk, .handshake, .otherStream,
      .encrypted, .notCarried, .malformed, .unreadable:
      false
    }
  }
}
