import PacketFormats
import Primitives
import SIP
import SIPCapture

/// An extractor with a copy of what it handed over, and the laws of its account.
struct Capture {
  /// A message as it was handed over.
  struct Found: Equatable {
    let transport: SIPTransport
    let source: IPEndpoint
    let bytes: [UInt8]
  }

  private(set) var found: [Found] = []
  private var extractor = MessageExtractor(keyLog: OpenCryptography.keyLog, cryptography: OpenCryptography())
  private var frames = 0
  private var bytes = 0
  private var lawBroken: String?

  /// Whether there was no reason for concern.
  var isClean: Bool { extractor.account.diagnostics.isEmpty }

  private static let start = Instant(seconds: 1_790_000_000)
  private var time: Instant { Self.start + Instant.Span(nanoseconds: Int64(frames) * 10_000_000) }

  mutating func receive(_ frame: UnsafeRawBufferPointer, linkType: LinkType) {
    frames += 1
    bytes += frame.count
    var messages: [Found] = []
    var law: String?
    extractor.receive(frame, number: frames, time: time, linkType: linkType) { captured in
      law = law ?? MessageLook.lawBroken(by: captured.message)
      messages.append(Self.copy(captured))
    }
    lawBroken = lawBroken ?? law
    found += messages
  }

  /// Ends the trace; the law that was broken, or nil.
  mutating func finish() -> String? {
    var messages: [Found] = []
    var law: String?
    extractor.finish(frame: frames, at: time) { captured in
      law = law ?? MessageLook.lawBroken(by: captured.message)
      messages.append(Self.copy(captured))
    }
    found += messages
    return lawBroken ?? law ?? sumsLaw()
  }

  private static func copy(_ captured: CapturedMessage) -> Found {
    Found(transport: captured.transport, source: captured.source, bytes: Array(captured.message.text.bytes))
  }

  private func sumsLaw() -> String? {
    let account = extractor.account
    let tallies = account.fates.map(\.tally)
    let sums = [
      ("frames received", account.frames, frames),
      ("bytes received", account.bytes, bytes),
      ("messages handed over", account.messages, found.count),
      ("frames of all fates", tallies.reduce(0) { $0 + $1.frames }, account.frames),
      ("bytes of all fates", tallies.reduce(0) { $0 + $1.bytes }, account.bytes),
      ("messages of all fates", tallies.reduce(0) { $0 + $1.messages } + account.messagesAtEnd, account.messages),
    ]
    return sums.first { $0.1 != $0.2 }.map { "\($0.0): the account has \($0.1), there are \($0.2)" }
      ?? account.diagnostics.first { $0.value.count < 0 }.map { "\($0.key.name): \($0.value.count)" }
  }
}
