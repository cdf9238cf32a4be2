import Foundation
import PBXModel
import PacketCapture
import PacketFormats
import Primitives
import SIP
import SIPCapture
import Scrubbing
import TestSupport
import Testing

@testable import SimulationRuntime

/// New traces hold nothing of the old: searched for byte by byte, in what other code than the scrubber's takes out of
/// the old.
struct TraceScrubbingTests {
  private static let shared = RecordedTrace.root.deletingLastPathComponent().appending(path: "shared/traces")

  /// Our own fixtures, and the traces beside the repository where they are there.
  static let traces: [URL] = {
    let fixtures = RecordedTrace.root.appending(path: "fixtures/traces")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path).sorted()) ?? []
    let own = names.map { fixtures.appending(path: $0).appending(path: "trace.pcap") }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
    let others = ["asterisk", "public"].flatMap { folder -> [URL] in
      let place = shared.appending(path: folder)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path).sorted()) ?? []
      return names.filter { $0.contains(".pcap") }.map { place.appending(path: $0) }
    }
    return own + others
  }()

  private func scrubbed(_ trace: URL, to path: String) throws -> TraceScrubbing.Outcome? {
    let key = try #require(ScrubKey(Array("a key for tests that is nobody's".utf8)))
    let renaming = Renaming(key: key, rules: NumberRules(site: .init()))
    var scrubbing = TraceScrubbing(MessageScrubber(renaming: renaming, weeks: -2))
    let scan = TraceScan(sources: [.file(path: trace.path)])
    do throws(TraceScrubbing.Failure) {
      try scrubbing.note(scan)
      scrubbing.scrubber.renaming.settle()
      return try scrubbing.write(scan, to: path)
    } catch {
      switch error {
      case .noMessage: return nil
      case .trace(let error):
        // A format that is not read, or a trace that is cut.
        Issue.record("\(error)", severity: .warning)
        return nil
      case .file: throw error
      }
    }
  }

  @Test(arguments: traces)
  func nothingOfTheOldTraceIsLeft(_ trace: URL) throws {
    let folder = try TemporaryDirectory()
    let path = folder.path("new.pcap")
    guard let outcome = try scrubbed(trace, to: path) else { return }
    let (old, new) = (try Identities(trace.path), try Identities(path))
    #expect(new.messages == outcome.messages && new.messages == old.messages)
    #expect(new.endpoints.isDisjoint(with: old.endpoints), "endpoints")
    let bytes = try folder.data("new.pcap")
    for text in old.texts {
      #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text)")
      let encoded = PercentEncoding.encode(text)
      #expect(bytes.range(of: Data(encoded.utf8)) == nil, "\(encoded)")
    }
  }

  @Test func theTimesMoveByWholeWeeksAndTheOrderStays() throws {
    let folder = try TemporaryDirectory()
    let trace = RecordedTrace.root.appending(path: "fixtures/traces/office-morning/trace.pcap")
    _ = try scrubbed(trace, to: folder.path("new.pcap"))
    let (old, new) = (try Identities(trace.path), try Identities(folder.path("new.pcap")))
    #expect(old.times.map { $0 + .seconds(-14 * 86_400) } == new.times)
  }

  @Test func aRunThatDiffersIsNamedByItsLine() throws {
    let folder = try TemporaryDirectory()
    let key = try #require(ScrubKey(Array("a key for tests that is nobody's".utf8)))
    var renaming = Renaming(key: key, rules: NumberRules(site: .init()))
    renaming.settle()
    for (run, disposition) in [("before", "ANSWERED"), ("after", "FAILED")] {
      try FileManager.default.createDirectory(atPath: folder.path(run), withIntermediateDirectories: true)
      for file in RunProof.files {
        let text = file == "events.jsonl" ? "{\"a\":1}\n{\"disposition\":\"\(disposition)\"}\n" : ""
        try folder.write(Array(text.utf8), to: run + "/" + file)
      }
    }
    var proof = RunProof(renaming)
    let difference = #expect(throws: RunProof.Difference.self) {
      try proof.compare(folder.path("before"), folder.path("after"))
    }
    #expect(difference?.file == "events.jsonl")
    #expect(difference?.line == 2)
    #expect(difference?.detail.contains("ANSWERED") == true)
  }

  @Test func aTraceWithoutAMessageIsRefused() throws {
    let folder = try TemporaryDirectory()
    let writer = try TraceWriter(path: folder.path("empty.pcap"), linkType: .rawIP)
    try writer.append([1, 2, 3], at: traceStart)
    try writer.close()
    #expect(try scrubbed(URL(filePath: folder.path("empty.pcap")), to: folder.path("new.pcap")) == nil)
  }
}

/// What names somebody in a trace.
struct Identities {
  var texts: Set<String> = []
  var endpoints: Set<IPAddress> = []
  var messages = 0
  var times: [Instant] = []

  /// Words of protocols and makers that stay what they are, and texts so short that they are found by chance.
  private static func tells(_ text: String) -> Bool {
    let kept = [
      "anonymous", "unknown", "asterisk", "unavailable", "restricted", "anonymous.invalid", "localhost", "127.0.0.1",
    ]
    // Hosts for examples end as their stand-ins do, and some callers are called after a codec.
    guard !text.hasPrefix("example."), !text.contains("/") else { return false }
    return text.utf8.count >= 7 && !kept.contains(text.lowercased()) && text.contains { $0.isLetter || $0.isNumber }
  }

  init(_ path: String) throws {
    var (texts, endpoints, messages, times) = (Set<String>(), Set<IPAddress>(), 0, [Instant]())
    _ = try TraceScan(sources: [.file(path: path)]).run { captured in
      messages += 1
      times.append(captured.time)
      for address in [captured.source.address, captured.destination.address]
      where address != IPAddress(v4: 0x7f00_0001) && address != IPAddress(v4: 0) && address.low >> 28 != 14 {
        endpoints.insert(address)
      }
      let message = captured.message
      if let id = message.callID?.string { texts.insert(id) }
      if let branch = message.branch?.string { texts.insert(branch) }
      for address in [message.from, message.to].compactMap(\.self) {
        if let tag = address.tag?.string { texts.insert(tag) }
        texts.insert(address.displayName)
        if let uri = SIPURI(address.uri) {
          texts.insert(uri.user.string)
          texts.insert(uri.host.string)
        }
      }
      for name in [HeaderName.authorization, .proxyAuthorization] {
        guard let value = message.firstLine(of: name), let digest = DigestParameters(value) else { continue }
        for field in [digest.value("response"), digest.value("nonce"), digest.value("cnonce")] {
          if let field { texts.insert(field.string) }
        }
      }
      return true
    }
    self.texts = texts.filter(Self.tells)
    (self.endpoints, self.messages, self.times) = (endpoints, messages, times)
  }
}
