import PacketFormats
import Primitives

/// Reads pcapng: blocks in sections of either byte order, with interfaces that may all differ.
///
/// Source: draft-ietf-opsawg-pcapng. A block is believed when its two lengths agree; behind one that is not, reading
/// goes on at the next that is. A frame of a Simple Packet Block, which has no time, gets that of the frame before it.
final class PcapngReader: RecordReader {
  /// Interfaces kept for one section; frames of further ones are passed over.
  static let maximumInterfaceCount = 65_536
  /// Bytes of key logs kept until they are taken.
  static let maximumSecretByteCount = 16 * 1024 * 1024

  private enum Block {
    static let section: UInt32 = 0x0a0d_0d0a
    static let interface: UInt32 = 1
    static let obsoletePacket: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let enhancedPacket: UInt32 = 6
    static let secrets: UInt32 = 10
    /// Lengths included: a block type, its length and the length again.
    static let leastByteCount = 12
    static let leastSectionByteCount = 28
    /// Types of the registry in the draft, as far as blocks of them are met in files.
    static func isRegistered(_ type: UInt32) -> Bool {
      type <= 13 && type > 0 || type == section || type == 0x0000_0bad || type == 0x4000_0bad
        || (0x201...0x214).contains(type)
    }
  }

  private(set) var linkTypes: [LinkType] = []
  private(set) var notices = TraceNotices()
  /// Whether there are key logs that nobody has taken; kept apart, because it is asked for at every frame.
  private(set) var hasSecrets = false
  private var secrets: [[UInt8]] = []

  private let stream: ByteStream
  private let name: String
  private var isSwapped = false
  private var interfaces: [PcapngInterface] = []
  private var framesRead = 0
  private var lastTime = Instant.epoch
  private var secretByteCount = 0
  /// The type and length of the packet block at the start of the stream, once looked at.
  private var pending: (type: UInt32, byteCount: Int)?

  init(_ stream: ByteStream, name: String) throws(TraceError) {
    self.stream = stream
    self.name = name
    guard stream.has(Block.leastSectionByteCount) else {
      throw stream.endError(name, at: 0, needs: Block.leastSectionByteCount, of: "header bytes")
    }
    guard let byteOrder = sectionByteOrder() else {
      throw TraceError(
        file: name, byteOffset: 0, kind: .unusableHeader(reason: "its section header is none of pcapng version 1"))
    }
    isSwapped = byteOrder
  }

  /// The key logs read since they were last taken.
  func takeSecrets() -> [[UInt8]] {
    defer { (hasSecrets, secrets) = (false, []) }
    return secrets
  }

  /// Reads what comes before the next packet, such as the descriptions of interfaces.
  func findPacket() throws(TraceError) -> Bool {
    while pending == nil {
      guard stream.has(Block.leastByteCount) else {
        guard stream.available > 0 || stream.failure != nil else { return false }
        throw stream.endError(
          name, after: framesRead, at: stream.position, needs: Block.leastByteCount, of: "bytes of a block")
      }
      guard let byteCount = wholeBlock() else {
        try resynchronise()
        continue
      }
      let type = stream.bytes.word32(0, swapped: isSwapped)
      switch type {
      case Block.enhancedPacket, Block.simplePacket, Block.obsoletePacket:
        pending = (type, byteCount)
      default:
        if type == Block.interface { addInterface(byteCount) }
        if type == Block.secrets { keepSecrets(byteCount) }
        stream.skip(byteCount)
      }
    }
    return true
  }

  func next() throws(TraceError) -> Frame? {
    while try findPacket() {
      guard let (type, byteCount) = pending else { return nil }
      pending = nil
      let position = stream.position
      let block = stream.bytes
      stream.skip(byteCount)
      framesRead &+= 1
      let frame =
        switch type {
        case Block.enhancedPacket: enhancedPacket(block, byteCount, at: position)
        case Block.simplePacket: simplePacket(block, byteCount, at: position)
        default: obsoletePacket(block, byteCount, at: position)
        }
      if let frame {
        lastTime = frame.time
        return frame
      }
    }
    return nil
  }
}

extension PcapngReader {
  /// The length of the block here, if both its lengths agree and all of it is there; takes over a section's byte order.
  @inline(__always) private func wholeBlock() -> Int? {
    var swapped = isSwapped
    let isSection = stream.bytes.word32(0, swapped: false) == Block.section
    if isSection {
      guard let byteOrder = sectionByteOrder() else { return nil }
      swapped = byteOrder
    }
    guard let byteCount = blockByteCount(swapped: swapped), stream.has(byteCount),
      stream.bytes.word32(byteCount &- 4, swapped: swapped) == UInt32(truncatingIfNeeded: byteCount)
    else { return nil }
    if isSection {
      isSwapped = swapped
      interfaces.removeAll(keepingCapacity: true)
    }
    return byteCount
  }

  /// Whether the numbers of the section that begins here are in the other byte order; nil if it can't be one.
  private func sectionByteOrder() -> Bool? {
    guard stream.has(Block.leastSectionByteCount) else { return nil }
    let magic = stream.bytes.word32(8, swapped: false)
    guard magic == 0x1a2b_3c4d || magic == 0x4d3c_2b1a else { return nil }
    let swapped = magic == 0x4d3c_2b1a
    return stream.bytes.word16(12, swapped: swapped) == 1 ? swapped : nil
  }

  /// The length the block here claims, if a block can have it.
  @inline(__always) private func blockByteCount(swapped: Bool) -> Int? {
    let byteCount = Int(stream.bytes.word32(4, swapped: swapped))
    guard byteCount >= Block.leastByteCount, byteCount & 3 == 0, byteCount <= ByteStream.maximumByteCount else {
      return nil
    }
    return byteCount
  }

  private func note(_ kind: TraceNotice.Kind, at position: Int64) {
    notices.add(kind, in: name, after: framesRead, at: position)
  }

  private func addInterface(_ byteCount: Int) {
    let block = UnsafeRawBufferPointer(start: stream.bytes, count: byteCount)
    guard let (interface, isWhole) = PcapngInterface.parse(block, isSwapped: isSwapped) else {
      note(.blockTooShort, at: stream.position)
      return
    }
    guard interfaces.count < Self.maximumInterfaceCount else {
      note(.tooManyInterfaces, at: stream.position)
      return
    }
    if !isWhole { note(.optionBeyondBlock, at: stream.position) }
    interfaces.append(interface)
    // A 16-bit number in the block: the list of different ones stays as short.
    if interfaces.last?.linkType != linkTypes.last, !linkTypes.contains(interface.linkType) {
      linkTypes.append(interface.linkType)
    }
  }

  /// Secrets of type "TLS Key Log" (draft-ietf-opsawg-pcapng, section 4.7); others nobody here can use.
  private func keepSecrets(_ byteCount: Int) {
    guard byteCount >= 20 else { return note(.blockTooShort, at: stream.position) }
    guard stream.bytes.word32(8, swapped: isSwapped) == 0x544c_534b else { return }
    let count = Int(stream.bytes.word32(12, swapped: isSwapped))
    guard count <= byteCount - 20 else { return note(.packetBeyondBlock, at: stream.position) }
    guard secretByteCount + count <= Self.maximumSecretByteCount else {
      return note(.tooManySecrets, at: stream.position)
    }
    secretByteCount += count
    hasSecrets = true
    secrets.append(Array(UnsafeRawBufferPointer(start: stream.bytes + 16, count: count)))
  }

  private func enhancedPacket(_ block: UnsafeRawPointer, _ byteCount: Int, at position: Int64) -> Frame? {
    packet(block, byteCount, dataOffset: 28, interface: Int(block.word32(8, swapped: isSwapped)), at: position)
  }

  private func obsoletePacket(_ block: UnsafeRawPointer, _ byteCount: Int, at position: Int64) -> Frame? {
    packet(block, byteCount, dataOffset: 28, interface: Int(block.word16(8, swapped: isSwapped)), at: position)
  }

  /// Enhanced and obsolete Packet Blocks differ in what is before the time only.
  @inline(__always) private func packet(
    _ block: UnsafeRawPointer, _ byteCount: Int, dataOffset: Int, interface index: Int, at position: Int64
  ) -> Frame? {
    guard byteCount >= dataOffset &+ 4 else {
      note(.blockTooShort, at: position)
      return nil
    }
    guard index < interfaces.count else {
      note(.unknownInterface, at: position)
      return nil
    }
    let captured = Int(block.word32(20, swapped: isSwapped))
    guard captured <= byteCount &- dataOffset &- 4 else {
      note(.packetBeyondBlock, at: position)
      return nil
    }
    let units = UInt64(block.word32(12, swapped: isSwapped)) << 32 | UInt64(block.word32(16, swapped: isSwapped))
    return Frame(
      number: framesRead, file: 0, time: interfaces[index].instant(units), linkType: interfaces[index].linkType,
      bytes: UnsafeRawBufferPointer(start: block + dataOffset, count: captured),
      originalLength: Int(block.word32(24, swapped: isSwapped)))
  }

  private func simplePacket(_ block: UnsafeRawPointer, _ byteCount: Int, at position: Int64) -> Frame? {
    guard byteCount >= 16 else {
      note(.blockTooShort, at: position)
      return nil
    }
    guard let interface = interfaces.first else {
      note(.unknownInterface, at: position)
      return nil
    }
    let original = Int(block.word32(8, swapped: isSwapped))
    let limit = interface.snapLength == 0 ? original : min(original, Int(interface.snapLength))
    // Only the padding may be left over; an interface that says 0 or too much about itself is not believed.
    guard limit <= byteCount &- 16 else {
      note(.packetBeyondBlock, at: position)
      return nil
    }
    return Frame(
      number: framesRead, file: 0, time: lastTime, linkType: interface.linkType,
      bytes: UnsafeRawBufferPointer(start: block + 12, count: limit), originalLength: original)
  }
}

extension PcapngReader {
  /// Goes on at the next block that can be believed, or fails when there is none.
  private func resynchronise() throws(TraceError) {
    let error = damage()
    guard stream.failure == nil else { throw error }
    let start = stream.position
    stream.skip(4)
    while !isBelievable() {
      guard stream.has(Block.leastByteCount) else { throw error }
      stream.skip(1)
    }
    notices.add(.damagedBytes, in: name, after: framesRead, at: start, byteCount: stream.position &- start)
  }

  /// Whether a block of a known type starts here whose two lengths agree.
  private func isBelievable() -> Bool {
    guard stream.has(Block.leastByteCount) else { return false }
    let type = stream.bytes.word32(0, swapped: isSwapped)
    guard Block.isRegistered(type) else { return false }
    if type == Block.section { return sectionByteOrder() != nil }
    // No more than what a frame needs: what is searched here is damaged, and each look may have to read as far.
    guard let byteCount = blockByteCount(swapped: isSwapped), byteCount <= 512 * 1024, stream.has(byteCount) else {
      return false
    }
    return stream.bytes.word32(byteCount - 4, swapped: isSwapped) == UInt32(byteCount)
  }

  private func damage() -> TraceError {
    let length = stream.bytes.word32(4, swapped: isSwapped)
    let kind: TraceError.Kind
    if let failure = stream.failure {
      kind = .readFailed(reason: TraceError.text(ofErrno: failure))
    } else if let byteCount = blockByteCount(swapped: isSwapped), stream.available < byteCount {
      kind = .cutShort(reason: "it has \(stream.available) of \(byteCount) bytes of a block")
    } else if stream.bytes.word32(0, swapped: false) == Block.section,
      stream.available < Block.leastSectionByteCount
    {
      kind = .cutShort(reason: "it has \(stream.available) of \(Block.leastSectionByteCount) bytes of a section header")
    } else {
      let type = stream.bytes.word32(0, swapped: isSwapped)
      kind = .corruptRecord(reason: "a block of type \(type) with the length \(length) that cannot be true")
    }
    return TraceError(file: name, frame: framesRead, byteOffset: stream.position, kind: kind)
  }
}
