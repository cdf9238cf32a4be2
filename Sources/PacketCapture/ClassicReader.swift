import PacketFormats
import Primitives

/// Reads classic pcap: a file header of 24 bytes, then records of a header and a frame.
///
/// Source: draft-ietf-opsawg-pcap. A record may hold more than the snap length of the file header; it is taken whole,
/// as Wireshark does.
final class ClassicReader: RecordReader {
  static let headerByteCount = 24
  /// libpcap's own limit for the link types that are decoded, and beyond what a network interface hands over.
  static let maximumFrameByteCount: UInt32 = 262_144

  let linkTypes: [LinkType]
  private(set) var notices = TraceNotices()

  private let stream: ByteStream
  private let name: String
  private let linkType: LinkType
  private let isSwapped: Bool
  private let nanosecondsPerUnit: Int64
  private let recordHeaderByteCount: Int
  /// Before version 2.3 the two lengths of a record stood the other way round; in 2.3 that depends on who wrote it.
  private let lengthOrder: LengthOrder
  private var framesRead = 0
  private var lastSeconds: UInt32?

  private enum LengthOrder { case capturedFirst, originalFirst, smallerIsCaptured }

  /// Whether a file that begins so is classic pcap.
  static func recognises(_ magic: UInt32) -> Bool { layout(magic) != nil }

  private static func layout(_ magic: UInt32) -> (isNanoseconds: Bool, recordHeaderByteCount: Int)? {
    switch magic {
    case 0xa1b2_c3d4, 0xd4c3_b2a1: (false, 16)
    case 0xa1b2_3c4d, 0x4d3c_b2a1: (true, 16)
    // A. Kuznetzov's variant, once written by the libpcap of some Linux distributions.
    case 0xa1b2_cd34, 0x34cd_b2a1: (false, 24)
    default: nil
    }
  }

  init(_ stream: ByteStream, name: String) throws(TraceError) {
    guard stream.has(Self.headerByteCount), let layout = Self.layout(stream.bytes.word32(0, swapped: false)) else {
      throw stream.endError(name, at: 0, needs: Self.headerByteCount, of: "header bytes")
    }
    let bytes = stream.bytes
    let magic = bytes.word32(0, swapped: false)
    isSwapped = ![0xa1b2_c3d4, 0xa1b2_3c4d, 0xa1b2_cd34].contains(magic)
    let major = bytes.word16(4, swapped: isSwapped)
    let minor = bytes.word16(6, swapped: isSwapped)
    switch (major, minor) {
    case (2, 0..<3), (543, 0): lengthOrder = .originalFirst
    case (2, 3): lengthOrder = .smallerIsCaptured
    case (2, 4): lengthOrder = .capturedFirst
    default:
      throw TraceError(
        file: name, byteOffset: 0, kind: .unusableHeader(reason: "pcap version \(major).\(minor) is not known"))
    }
    // The upper bits tell the length of a frame check sequence.
    linkType = LinkType(numberInFile: bytes.word32(20, swapped: isSwapped) & 0x03ff_ffff)
    linkTypes = [linkType]
    nanosecondsPerUnit = layout.isNanoseconds ? 1 : 1000
    recordHeaderByteCount = layout.recordHeaderByteCount
    self.stream = stream
    self.name = name
    stream.skip(Self.headerByteCount)
  }

  func next() throws(TraceError) -> Frame? {
    while true {
      let headerByteCount = recordHeaderByteCount
      guard stream.has(headerByteCount) else {
        guard stream.available > 0 || stream.failure != nil else { return nil }
        throw error(needs: headerByteCount, of: "bytes of a record's header")
      }
      var (captured, original) = lengths(at: 0)
      if captured > original { captured = captureLength(ofClaimed: captured, original) }
      guard captured <= Self.maximumFrameByteCount else {
        let reason = "a frame of \(captured) bytes; none has more than \(Self.maximumFrameByteCount)"
        try resynchronise(
          TraceError(
            file: name, frame: framesRead, byteOffset: stream.position,
            kind: .corruptRecord(reason: reason)))
        continue
      }
      let byteCount = headerByteCount &+ Int(captured)
      guard stream.has(byteCount) else {
        try resynchronise(error(needs: byteCount, of: "bytes of a record"))
        continue
      }
      let bytes = stream.bytes
      let seconds = bytes.word32(0, swapped: isSwapped)
      let units = bytes.word32(4, swapped: isSwapped)
      stream.skip(byteCount)
      framesRead &+= 1
      lastSeconds = seconds
      return Frame(
        number: framesRead, file: 0,
        // 32 bits without a sign each: the sum stays within 64 bits.
        time: Instant(nanoseconds: Int64(seconds) &* 1_000_000_000 &+ Int64(units) &* nanosecondsPerUnit),
        linkType: linkType,
        bytes: UnsafeRawBufferPointer(start: bytes + headerByteCount, count: Int(captured)),
        originalLength: Int(original))
    }
  }

  /// Hands over the whole records that lie in the buffer, up to one that has to be thought about; `next` goes on there.
  ///
  /// Nothing is counted, retained or looked up per record but the record itself.
  /// - Parameter frame: takes a frame, and returns false to have no more. Must not touch this reader.
  /// - Returns: the number of the last frame handed over; nil for none.
  func readBuffered(_ frame: (Frame) -> Bool) -> Int? {
    let (bytes, available) = (stream.bytes, stream.available)
    let (linkType, isSwapped) = (linkType, isSwapped)
    let (headerByteCount, nanosecondsPerUnit) = (recordHeaderByteCount, nanosecondsPerUnit)
    guard lengthOrder == .capturedFirst else { return nil }
    var number = framesRead
    var offset = 0
    while available &- offset >= headerByteCount {
      let record = bytes + offset
      let captured = record.word32(8, swapped: isSwapped)
      let original = record.word32(12, swapped: isSwapped)
      guard captured <= original, captured <= Self.maximumFrameByteCount,
        available &- offset &- headerByteCount >= Int(captured)
      else { break }
      let seconds = record.word32(0, swapped: isSwapped)
      let units = record.word32(4, swapped: isSwapped)
      lastSeconds = seconds
      offset &+= headerByteCount &+ Int(captured)
      number &+= 1
      let isWanted = frame(
        Frame(
          number: number, file: 0,
          // 32 bits without a sign each: the sum stays within 64 bits.
          time: Instant(nanoseconds: Int64(seconds) &* 1_000_000_000 &+ Int64(units) &* nanosecondsPerUnit),
          linkType: linkType,
          bytes: UnsafeRawBufferPointer(start: record + headerByteCount, count: Int(captured)),
          originalLength: Int(original)))
      if !isWanted { break }
    }
    guard number > framesRead else { return nil }
    stream.skip(offset)
    framesRead = number
    return number
  }

  @inline(__always) private func lengths(at offset: Int) -> (captured: UInt32, original: UInt32) {
    let first = stream.bytes.word32(offset &+ 8, swapped: isSwapped)
    let second = stream.bytes.word32(offset &+ 12, swapped: isSwapped)
    switch lengthOrder {
    case .capturedFirst: return (first, second)
    case .originalFirst: return (second, first)
    case .smallerIsCaptured: return (min(first, second), max(first, second))
    }
  }
}

extension ClassicReader {
  private func error(needs count: Int, of what: String) -> TraceError {
    stream.endError(name, after: framesRead, at: stream.position, needs: count, of: what)
  }

  /// Goes on at the next record that can be believed, or fails with the error when there is none.
  private func resynchronise(_ error: TraceError) throws(TraceError) {
    guard stream.failure == nil else { throw error }
    let start = stream.position
    stream.skip(1)
    while !isBelievable() {
      guard stream.has(recordHeaderByteCount) else { throw error }
      stream.skip(1)
    }
    notices.add(
      .damagedBytes, in: name, after: framesRead, at: start, byteCount: stream.position &- start)
  }

  /// Which length a record has that claims to hold more of its frame than there was: the one that what follows bears
  /// out, and the claimed one in doubt, as some programs write such records.
  private func captureLength(ofClaimed captured: UInt32, _ original: UInt32) -> UInt32 {
    // A frame shorter than any link layer may as well be where this record breaks off.
    guard original >= 14, original <= Self.maximumFrameByteCount, !isFollowed(captured), isFollowed(original) else {
      return captured
    }
    notices.add(.lengthBeyondFrame, in: name, after: framesRead, at: stream.position)
    return original
  }

  /// Whether a record of that length is the last one, or a likely one comes behind it.
  private func isFollowed(_ captured: UInt32) -> Bool {
    guard captured <= Self.maximumFrameByteCount else { return false }
    let offset = recordHeaderByteCount + Int(captured)
    guard stream.has(offset + 1) else { return stream.available == offset && stream.failure == nil }
    return likelyRecord(at: offset) != nil
  }

  /// Whether a record with a likely header starts here, and behind it another one, or the end of the file.
  private func isBelievable() -> Bool {
    // Without a frame before it, the time of the record says less and a longer chain has to.
    let links = lastSeconds == nil ? 3 : 2
    var offset = 0
    for link in 0..<links {
      guard let byteCount = likelyRecord(at: offset) else { return false }
      offset += byteCount
      guard stream.has(offset + 1) else {
        return stream.available == offset && stream.failure == nil && (lastSeconds != nil || link > 0)
      }
    }
    return true
  }

  /// The length of the record at this offset, if its header is a likely one.
  private func likelyRecord(at offset: Int) -> Int? {
    guard stream.has(offset + recordHeaderByteCount) else { return nil }
    let (captured, original) = lengths(at: offset)
    // Less than any link layer has says too little: zeros would be a record.
    guard captured >= 14, captured <= Self.maximumFrameByteCount, captured <= original, original <= 1 << 20 else {
      return nil
    }
    let seconds = stream.bytes.word32(offset, swapped: isSwapped)
    let units = stream.bytes.word32(offset + 4, swapped: isSwapped)
    guard Int64(units) * nanosecondsPerUnit < 1_000_000_000 else { return nil }
    if let lastSeconds, abs(Int64(seconds) - Int64(lastSeconds)) > 86_400 { return nil }
    return recordHeaderByteCount + Int(captured)
  }
}

extension ByteStream {
  /// Why bytes that have to be there are not.
  func endError(_ name: String, after frame: Int = 0, at offset: Int64, needs count: Int, of what: String) -> TraceError
  {
    let kind: TraceError.Kind =
      if let failure {
        .readFailed(reason: TraceError.text(ofErrno: failure))
      } else {
        .cutShort(reason: "it has \(available) of \(count) \(what)")
      }
    return TraceError(file: name, frame: frame, byteOffset: offset, kind: kind)
  }
}
