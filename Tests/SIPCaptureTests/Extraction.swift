import PacketFormats
import Primitives
import SIP
import SIPCapture
import TestSupport

let phone = IPEndpoint(address: IPAddress(v4: 0xc000_0201), port: 49_152)
let appliance = IPEndpoint(address: IPAddress(v4: 0xc633_6401), port: 6060)

/// A request with a body of that many bytes.
func message(_ callID: String, body: Int = 0) -> [UInt8] {
  Array(
    """
    MESSAGE sip:200@pbx.example.com SIP/2.0\r
    Call-ID: \(callID)\r
    CSeq: 1 MESSAGE\r
    Content-Length: \(body)\r
    \r
    \(String(repeating: "x", count: body))
    """.utf8)
}

/// Hands frames to an extractor and writes down what it reports.
struct Extraction {
  struct Seen: Hashable {
    let frame: Int
    let seconds: Int64
    let transport: SIPTransport
    let source: IPEndpoint
    let destination: IPEndpoint
    let callID: String
    let bodyLength: Int
    var isRequest = true
  }

  private var extractor: MessageExtractor
  private(set) var seen: [Seen] = []
  private var frames = 0
  private var sequence: UInt32 = 1
  private var answerSequence: UInt32 = 1

  init(
    limits: TCPReassembler.Limits = TCPReassembler.Limits(),
    duplicates: DuplicateFilter.Settings? = DuplicateFilter.Settings()
  ) {
    extractor = MessageExtractor(limits: limits, duplicates: duplicates)
  }

  var account: CaptureAccount { extractor.account }
  var callIDs: [String] { seen.map(\.callID) }

  func count(_ diagnostic: CaptureAccount.Diagnostic) -> Int { account.diagnostics[diagnostic]?.count ?? 0 }
  func firstFrame(_ diagnostic: CaptureAccount.Diagnostic) -> Int? { account.diagnostics[diagnostic]?.firstFrame }

  /// A frame, one second after the one before unless said otherwise.
  mutating func receive(_ frame: [UInt8], linkType: LinkType = .ethernet, file: Int = 0, at time: Instant? = nil) {
    frames += 1
    var new: [Seen] = []
    let time = time ?? Instant(seconds: Int64(frames))
    frame.withUnsafeBytes {
      extractor.receive($0, number: frames, file: file, time: time, linkType: linkType) {
        new.append(Self.copy($0))
      }
    }
    seen += new
  }

  mutating func datagram(_ payload: [UInt8], from source: IPEndpoint = phone, to destination: IPEndpoint = appliance) {
    receive(Packets.udpFrame(payload, from: source, to: destination))
  }

  /// A segment that follows the one before, or leaves bytes out in front of it.
  mutating func segment(_ payload: [UInt8], leavingOut missing: UInt32 = 0, flags: TCPFlags = .ack) {
    sequence += missing
    receive(Packets.tcpFrame(payload, from: phone, to: appliance, sequence: sequence, flags: flags))
    sequence += UInt32(payload.count)
  }

  /// A segment of the other direction that follows the one before.
  mutating func answer(_ payload: [UInt8], leavingOut missing: UInt32 = 0) {
    answerSequence += missing
    receive(Packets.tcpFrame(payload, from: appliance, to: phone, sequence: answerSequence))
    answerSequence += UInt32(payload.count)
  }

  /// The handshake in front of the segments, so that the connection is known from its start.
  mutating func connect() {
    receive(Packets.tcpFrame([], from: phone, to: appliance, sequence: sequence &- 1, flags: .syn))
    receive(
      Packets.tcpFrame([], from: appliance, to: phone, sequence: answerSequence &- 1, flags: [.syn, .ack]))
  }

  /// How the pieces of a stream are put into segments.
  enum Feed: CaseIterable {
    /// Each piece in a segment.
    case whole
    /// All pieces in one segment, or in as few as their size allows.
    case glued
    /// A segment for every byte.
    case byteByByte
  }

  mutating func segments(_ pieces: [[UInt8]], _ feed: Feed) {
    for portion in Self.portions(pieces, feed) { segment(portion) }
  }

  mutating func answers(_ pieces: [[UInt8]], _ feed: Feed) {
    for portion in Self.portions(pieces, feed) { answer(portion) }
  }

  private static func portions(_ pieces: [[UInt8]], _ feed: Feed) -> [[UInt8]] {
    switch feed {
    case .whole: return pieces
    case .glued:
      let bytes = pieces.flatMap { $0 }
      return stride(from: 0, to: bytes.count, by: 60_000).map { Array(bytes[$0..<min($0 + 60_000, bytes.count)]) }
    case .byteByByte: return pieces.flatMap { $0 }.map { [$0] }
    }
  }

  mutating func finish(file: Int = 0) {
    var new: [Seen] = []
    extractor.finish(frame: frames, file: file, at: Instant(seconds: Int64(frames))) { new.append(Self.copy($0)) }
    seen += new
  }

  private static func copy(_ captured: CapturedMessage) -> Seen {
    Seen(
      frame: captured.frame, seconds: captured.time.seconds, transport: captured.transport, source: captured.source,
      destination: captured.destination, callID: captured.message.callID?.string ?? "",
      bodyLength: captured.message.body.count, isRequest: captured.message.isRequest)
  }
}
