import PacketFormats
import Primitives
import SIPCapture
import Testing

@Suite struct RecordedTransportTests {
  enum Feed: CaseIterable {
    case asRecorded
    /// Segments of one direction that follow each other are one.
    case glued
    case byteByByte

    func apply(_ segments: [RecordedTransport.Segment]) -> [RecordedTransport.Segment] {
      switch self {
      case .asRecorded: return segments
      case .byteByByte:
        return segments.flatMap { segment in
          segment.payload.indices.map { index in
            var part = segment
            part.header.sequence &+= UInt32(index)
            part.payload = [segment.payload[index]]
            if index + 1 < segment.payload.count { part.header.flags.remove(.fin) }
            return part
          } + (segment.payload.isEmpty ? [segment] : [])
        }
      case .glued:
        var glued: [RecordedTransport.Segment] = []
        for segment in segments where !segment.payload.isEmpty || segment.header.flags.contains(.syn) {
          if let last = glued.last, last.header.source == segment.header.source, !last.payload.isEmpty,
            last.header.sequence &+ UInt32(last.payload.count) == segment.header.sequence
          {
            glued[glued.count - 1].payload += segment.payload
          } else {
            glued.append(segment)
          }
        }
        return glued
      }
    }
  }

  @Test(arguments: RecordedTransport.all, Feed.allCases)
  func everyMessageIsRead(recording: RecordedTransport, feed: Feed) throws {
    var reading = Reading(keyLog: try recording.keyLog())
    reading.receive(feed.apply(try recording.segments()))
    #expect(reading.sorted == (try recording.expected()))
    #expect(reading.account.diagnostics.isEmpty)
    let transports: [String: SIPTransport] = ["websocket": .ws, "secure-websocket": .wss]
    #expect(reading.transports == [transports[recording.name] ?? .tls])
  }

  @Test(arguments: RecordedTransport.secure)
  func withoutItsKeyAConnectionIsEncryptedAndNothingElse(recording: RecordedTransport) throws {
    var reading = Reading(keyLog: [])
    reading.receive(try recording.segments())
    #expect(reading.messages.isEmpty)
    #expect(reading.obstacles == ["encrypted-no-key"])
    #expect(reading.account.fates.contains { $0.fate == .encrypted })
    #expect(reading.account.fates.reduce(0) { $0 + $1.tally.frames } == reading.account.frames)
  }

  @Test(arguments: RecordedTransport.secure, 0..<3)
  func aWrongKeyOpensNothingAndIsNamed(recording: RecordedTransport, change: Int) throws {
    var digit = 0
    let isComment = { (line: ArraySlice<UInt8>) in line.first == UInt8(ascii: "#") }
    // The last digit of every secret, the one in its middle, or its first one is another.
    let wrong = try recording.keyLog().split(separator: 10).filter { !isComment($0) }.flatMap { line -> [UInt8] in
      var line = Array(line)
      let start = (line.lastIndex(of: 32) ?? 0) + 1
      digit = [start, (start + line.count) / 2, line.count - 1][change]
      line[digit] = line[digit] == 48 ? 49 : 48
      return line + [10]
    }
    var reading = Reading(keyLog: wrong)
    reading.receive(try recording.segments())
    #expect(reading.messages.isEmpty)
    #expect(reading.obstacles == ["encrypted-wrong-key"])
  }

  /// Whatever segment with data is missing, only the messages in it are: numbers of records are found again.
  @Test(arguments: RecordedTransport.all)
  func aLostSegmentCostsOnlyWhatWasInIt(recording: RecordedTransport) throws {
    let segments = try recording.segments()
    let expected = try recording.expected()
    let keyLog = try recording.keyLog()
    let data = segments.indices.filter { segments[$0].payload.count > 100 && segments[$0].payload[0] != 22 }
    for (position, index) in data.enumerated() where position % 3 == 0 {
      // What a hello or an upgrade is needed for is lost with it.
      let payload = segments[index].payload
      guard !payload.starts(with: "GET".utf8), !payload.starts(with: "HTTP".utf8), payload[0] != 20 else { continue }
      var reading = Reading(keyLog: keyLog)
      var left = segments
      left.remove(at: index)
      reading.receive(left)
      #expect(Set(reading.messages).isSubset(of: expected), "segment \(index)")
      #expect(reading.messages.count >= expected.count - 3, "segment \(index)")
      #expect(reading.obstacles.allSatisfy { $0.hasPrefix("stream-") }, "segment \(index)")
    }
  }

  @Test func aKeyThatComesBeforeTheFirstDataServes() throws {
    let recording = RecordedTransport(name: "tls12")
    let segments = try recording.segments()
    let first = segments.firstIndex { $0.payload.first == 23 } ?? 0
    var reading = Reading(keyLog: [])
    for segment in segments[..<first] { reading.receive(segment) }
    reading.add(keyLog: try recording.keyLog())
    reading.receive(Array(segments[first...]))
    #expect(reading.sorted == (try recording.expected()))
    #expect(reading.account.diagnostics.isEmpty)
  }

  @Test func aKeyThatComesBehindTheHellosOfTLS13ServesTheData() throws {
    let recording = RecordedTransport(name: "tls13")
    let segments = try recording.segments()
    let hello = segments.firstIndex { $0.payload.first == 22 && $0.payload.count > 5 && $0.payload[5] == 2 } ?? 0
    var reading = Reading(keyLog: [])
    for segment in segments[...hello] { reading.receive(segment) }
    reading.add(keyLog: try recording.keyLog())
    reading.receive(Array(segments[(hello + 1)...]))
    #expect(reading.sorted == (try recording.expected()))
    // The rest of the handshake was missed, and nobody knew then that it was no more than that.
    #expect(reading.obstacles == ["encrypted-no-key"])
  }

  @Test func aKeyThatComesTooLateServesNoConnectionGivenUp() throws {
    let recording = RecordedTransport(name: "tls12")
    let segments = try recording.segments()
    let first = segments.firstIndex { $0.payload.first == 23 } ?? 0
    var reading = Reading(keyLog: [])
    for segment in segments[...first] { reading.receive(segment) }
    reading.add(keyLog: try recording.keyLog())
    reading.receive(Array(segments[(first + 1)...]))
    #expect(reading.obstacles == ["encrypted-no-key"])
    #expect(reading.messages.count < (try recording.expected()).count)
    #expect(reading.messages.count >= 40)
  }

  @Test func withoutTheSecretsOfTheHandshakeTheDataIsRead() throws {
    let recording = RecordedTransport(name: "tls13")
    let lines = try recording.keyLog().split(separator: 10).filter { !$0.contains(Array("HANDSHAKE".utf8)) }
    var reading = Reading(keyLog: Array(lines.joined(separator: [10])))
    reading.receive(try recording.segments())
    #expect(reading.sorted == (try recording.expected()))
    #expect(reading.obstacles == ["encrypted-no-key-of-the-handshake"])
  }

  @Test(
    arguments: [[0x17, 3, 3, 0xff, 0xff], [0x17, 3, 3, 0, 0], [0x15, 3, 3, 0, 2, 1, 0], [0x99, 1, 2]] as [[UInt8]])
  func recordsThatAreNoneCostNothing(bytes: [UInt8]) throws {
    let recording = RecordedTransport(name: "tls12")
    var segments = try recording.segments()
    // In front of the first data of the first connection; what follows has its numbers moved.
    let first = segments.firstIndex { $0.payload.first == 23 } ?? 0
    let header = segments[first].header
    segments[first].payload = bytes + segments[first].payload
    for index in segments.indices.dropFirst(first + 1) where segments[index].header.source == header.source {
      segments[index].header.sequence &+= UInt32(bytes.count)
    }
    for index in segments.indices where segments[index].header.source != header.source {
      segments[index].header.flags.remove(.ack)
    }
    var reading = Reading(keyLog: try recording.keyLog())
    reading.receive(segments)
    if bytes[0] == 0x15 {
      // An alert that nobody sealed, in a stream where everything is.
      #expect(reading.obstacles == ["encrypted-wrong-key"])
    } else {
      #expect(reading.sorted == (try recording.expected()))
      #expect(reading.obstacles == ["stream-junk-bytes"])
    }
  }
}

/// Recordings with bytes changed and segments lost or swapped.
@Suite struct DamagedTransportTests {
  @Test(arguments: RecordedTransport.all, 0..<12 as Range<UInt64>)
  func damageTrapsNothingAndEveryFrameHasOneFate(recording: RecordedTransport, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var segments = try recording.segments()
    for _ in 0..<6 {
      let index = Int.random(in: segments.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: segments.remove(at: index)
      case 1: segments.swapAt(index, Int.random(in: segments.indices, using: &generator))
      default:
        guard !segments[index].payload.isEmpty else { continue }
        let byte = Int.random(in: segments[index].payload.indices, using: &generator)
        segments[index].payload[byte] = UInt8.random(in: 0...255, using: &generator)
      }
    }
    var reading = Reading(keyLog: try recording.keyLog())
    reading.receive(segments)
    let account = reading.account
    #expect(account.fates.reduce(0) { $0 + $1.tally.frames } == account.frames)
    #expect(account.messages == reading.messages.count)
    // What does not open is not made up.
    if recording.name.hasPrefix("tls") { #expect(Set(reading.messages).isSubset(of: try recording.expected())) }
  }
}
