import Foundation
import PacketCapture
import SIPCapture
import SimulationRuntime
import TestSupport
import Testing

/// The account of whole traces against what the reader itself counts, as `capinfos` does.
struct TraceAccountTests {
  static let folder = URL(filePath: FileManager.default.currentDirectoryPath).appending(path: "../shared/traces")

  static let recordings: [String] = {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") || $0.hasSuffix(".cap") }.sorted()
  }()

  @Test(.enabled(if: !recordings.isEmpty, "There is no ../shared/traces next to the package."), arguments: recordings)
  func theAccountOfARecordingAddsUpToItsFramesAndBytes(_ name: String) throws {
    try expectWholeAccount(of: Self.folder.appending(path: name).path)
  }

  @Test(arguments: RecordedTrace.all)
  func theAccountOfOurTracesAddsUpToTheirFramesAndBytes(_ trace: RecordedTrace) throws {
    try expectWholeAccount(of: trace.folder + "/trace.pcap")
  }

  @Test func oneTraceGivenTwiceIsReadOnce() throws {
    let trace = try #require(RecordedTrace.all.first)
    let source = TraceSource.file(path: trace.folder + "/trace.pcap")
    let one = try TraceScan(sources: [source]).run { _ in true }.account
    let two = try TraceScan(sources: [source, source]).run { _ in true }.account
    let kept = try TraceScan(sources: [source, source], duplicates: nil).run { _ in true }.account
    #expect(one.messages > 0)
    #expect(two.messages == one.messages)
    #expect(two.frames == one.frames * 2)
    #expect(two[.duplicate]?.first.file == 1)
    #expect(kept.messages >= one.messages)
    #expect(kept[.duplicate] == nil)
  }

  private func expectWholeAccount(of path: String) throws {
    let source = TraceSource.file(path: path)
    var (frames, bytes) = (0, 0)
    do throws(TraceError) {
      let reader = try TraceReader(source)
      while let frame = try reader.next() {
        frames += 1
        bytes += frame.bytes.count
      }
    } catch {
      // One that breaks off has an account of what came before; one that is no capture has none.
      guard frames > 0 else { return }
    }
    var messages = 0
    let account = try TraceScan(sources: [source]).run { _ in
      messages += 1
      return true
    }.account
    let tallies = account.fates.map(\.tally)
    #expect(account.frames == frames)
    #expect(account.bytes == bytes)
    #expect(account.messages == messages)
    #expect(tallies.reduce(0) { $0 + $1.frames } == frames)
    #expect(tallies.reduce(0) { $0 + $1.bytes } == bytes)
    #expect(tallies.reduce(0) { $0 + $1.messages } + account.messagesAtEnd == messages)
  }
}
