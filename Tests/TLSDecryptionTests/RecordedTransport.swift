import Foundation
import PacketCapture
import PacketFormats
import Primitives
import SIP
import SIPCapture
import TLSDecryption
import TestSupport
import Testing

/// A folder of `fixtures/transports`.
struct RecordedTransport: CustomTestStringConvertible, Sendable {
  let name: String

  static let all = ["tls12", "tls13", "websocket", "secure-websocket"].map { RecordedTransport(name: $0) }
  static let secure = all.filter { $0.name != "websocket" }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  var testDescription: String { name }
  private var folder: URL { Self.root.appending(path: "fixtures/transports/\(name)") }

  struct Message: Decodable, Hashable {
    let start: String
    let callID: String
    let cseq: String
  }

  private struct Expectation: Decodable { let messages: [Message] }

  /// What was sent, sorted: the directions of a connection are not in one order.
  func expected() throws -> [Message] {
    try JSONDecoder().decode(Expectation.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
      .messages.sorted { ($0.callID, $0.cseq, $0.start) < ($1.callID, $1.cseq, $1.start) }
  }

  func keyLog() throws -> [UInt8] {
    name == "websocket" ? [] : Array(try Data(contentsOf: folder.appending(path: "keys.log")))
  }

  /// A segment of the trace with bytes of its own.
  struct Segment: Sendable {
    var header: TCPSegment
    var payload: [UInt8]
  }

  func segments() throws -> [Segment] {
    let reader = try TraceReader(.file(path: folder.appending(path: "trace.pcap").path))
    var segments: [Segment] = []
    while let frame = try reader.next() {
      guard case .tcp(let segment) = FrameDecoder.decode(frame.bytes, linkType: frame.linkType) else { continue }
      segments.append(Segment(header: segment, payload: Array(frame.bytes[segment.payload])))
    }
    return segments
  }
}

/// Hands segments to an extractor and writes down what it reports.
struct Reading {
  private(set) var messages: [RecordedTransport.Message] = []
  private(set) var transports: Set<SIPTransport> = []
  private var extractor: MessageExtractor
  private var frames = 0

  var account: CaptureAccount { extractor.account }
  var obstacles: [String] { account.diagnostics.keys.map(\.name).sorted() }
  /// As `RecordedTransport.expected` is.
  var sorted: [RecordedTransport.Message] {
    messages.sorted { ($0.callID, $0.cseq, $0.start) < ($1.callID, $1.cseq, $1.start) }
  }

  init(keyLog: [UInt8]) {
    var log = TLSKeyLog()
    log.add(keyLog)
    extractor = MessageExtractor(keyLog: log, cryptography: SwiftCryptography())
  }

  mutating func add(keyLog: [UInt8]) { extractor.addKeyLog(keyLog) }

  mutating func receive(_ segment: RecordedTransport.Segment) {
    frames += 1
    let header = segment.header
    let frame = Packets.tcpFrame(
      segment.payload, from: header.source, to: header.destination, sequence: header.sequence,
      acknowledgment: header.acknowledgment, flags: header.flags)
    var new: [RecordedTransport.Message] = []
    var carriers: Set<SIPTransport> = []
    frame.withUnsafeBytes {
      extractor.receive($0, number: frames, time: Instant(seconds: Int64(frames)), linkType: .ethernet) {
        new.append(Self.copy($0))
        carriers.insert($0.transport)
      }
    }
    messages += new
    transports.formUnion(carriers)
  }

  mutating func receive(_ segments: [RecordedTransport.Segment]) {
    for segment in segments { receive(segment) }
    var new: [RecordedTransport.Message] = []
    extractor.finish(frame: frames, at: Instant(seconds: Int64(frames))) { new.append(Self.copy($0)) }
    messages += new
  }

  private static func copy(_ captured: CapturedMessage) -> RecordedTransport.Message {
    let line = captured.message.text.string.split(separator: "\r\n", maxSplits: 1).first ?? ""
    return RecordedTransport.Message(
      start: String(line), callID: captured.message.callID?.string ?? "",
      cseq: captured.message.cseq.map { "\($0.number) \($0.methodText.string)" } ?? "")
  }
}
