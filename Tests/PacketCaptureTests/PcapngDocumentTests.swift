import PacketCapture
import PacketFormats
import Primitives
import TestSupport
import Testing

@Suite struct PcapngDocumentTests {
  private typealias Kept = PacketCapture.KeptFrame

  private func frame(_ nanoseconds: Int64, _ linkType: LinkType = .ethernet, _ count: Int = 5, of length: Int = 9)
    -> Kept
  {
    Kept(
      time: Instant(nanoseconds: nanoseconds), linkType: linkType, bytes: (0..<count).map { UInt8($0 & 0xff) },
      originalLength: length)
  }

  private func readBack(_ document: PcapngDocument) throws -> (frames: [Kept], secrets: [[UInt8]]) {
    let folder = try TemporaryDirectory()
    var reader = try MergedTraceReader([.file(path: try folder.write(document.bytes, to: "trace.pcapng"))])
    var frames: [Kept] = []
    while let frame = reader.next() { frames.append(Kept(frame)) }
    #expect(reader.failures.isEmpty && reader.notices.isEmpty)
    return (frames, reader.takeSecrets())
  }

  @Test func framesReadAsTheyWereWritten() throws {
    let frames = [
      frame(0), frame(1_795_251_389_362_563_001), frame(5, .linuxCooked2, 0, of: 0), frame(7, .rawIP, 8, of: 1500),
    ]
    var document = PcapngDocument(linkTypes: [.ethernet, .linuxCooked2, .rawIP])
    for frame in frames {
      let isWritten = document.append(frame)
      #expect(isWritten)
    }
    #expect(try readBack(document).frames == frames)
  }

  @Test func secretsComeInFrontOfTheFrames() throws {
    let logs = [Array("CLIENT_RANDOM 00 11\n".utf8), Array("x".utf8)]
    var document = PcapngDocument(linkTypes: [.ethernet], secrets: logs)
    let isWritten = document.append(frame(1))
    #expect(isWritten)
    #expect(try readBack(document).secrets == logs)
  }

  @Test func whatTheFormatCannotHoldIsRefused() throws {
    var document = PcapngDocument(linkTypes: [.ethernet])
    let empty = document.bytes
    let isWritten = [document.append(frame(-1)), document.append(frame(1, .rawIP))]
    #expect(isWritten == [false, false])
    #expect(document.bytes == empty)
    #expect(try readBack(document).frames == [])
  }
}
