import Glibc

/// Walks over the members of a tar archive without writing one under its name.
///
/// Headers as in POSIX.1 (`ustar` and `pax`), GNU tar's long names, and the older form without a magic number. Links,
/// devices and folders are passed over; a path is a name to show and nothing else.
struct TarArchive {
  static let blockByteCount = 512
  /// Members looked at; what has more is no bundle of captures.
  static let maximumMemberCount = 65_536
  private static let maximumNameByteCount: Int64 = 4096

  enum Entry {
    /// A file whose bytes come next.
    case file(name: String, byteCount: Int64)
    case other(name: String, byteCount: Int64)
  }

  let stream: ByteStream
  private var longName: String?
  private var longByteCount: Int64?

  init(_ stream: ByteStream) { self.stream = stream }

  /// Whether these bytes, a whole block of an archive, are a member's header: its sum has to agree.
  static func isHeader(_ block: some Collection<UInt8>) -> Bool {
    guard block.count >= blockByteCount else { return false }
    let bytes = Array(block.prefix(blockByteCount))
    guard bytes[0] != 0, let sum = number(bytes[148..<156]) else { return false }
    let unsigned = bytes.indices.reduce(Int64(0)) { $0 + ((148..<156).contains($1) ? 32 : Int64(bytes[$1])) }
    return sum == unsigned
  }

  /// The next member; nil at the end of the archive.
  /// - Throws: what is wrong there.
  mutating func next() throws(TraceError.Kind) -> Entry? {
    while true {
      let header = stream.peek(Self.blockByteCount)
      // Two blocks of zeros end an archive; some writers leave them out.
      if header.isEmpty || header.count == Self.blockByteCount && header.allSatisfy({ $0 == 0 }) { return nil }
      guard header.count == Self.blockByteCount else {
        throw .cutShort(reason: "it has \(header.count) of \(Self.blockByteCount) bytes of a member's header")
      }
      guard Self.isHeader(header), let written = Self.number(header[124..<136]) else {
        throw .corruptRecord(reason: "a member's header whose sum does not agree")
      }
      stream.skip(Self.blockByteCount)
      switch header[156] {
      case UInt8(ascii: "L"):
        longName = Self.text(try metadata(written))
      case UInt8(ascii: "x"):
        readPax(try metadata(written))
      case UInt8(ascii: "g"), UInt8(ascii: "K"):
        _ = try metadata(written)
      case let kind:
        let name = longName ?? Self.name(header)
        // Links, devices and folders have no bytes, whatever they claim.
        let hasBytes = !(UInt8(ascii: "1")...UInt8(ascii: "6")).contains(kind)
        let byteCount = hasBytes ? longByteCount ?? written : 0
        (longName, longByteCount) = (nil, nil)
        let isFile = [0, UInt8(ascii: "0"), UInt8(ascii: "7")].contains(kind)
        return isFile
          ? .file(name: printable(name), byteCount: byteCount) : .other(name: printable(name), byteCount: byteCount)
      }
    }
  }

  /// The bytes of a member with what fills its last block.
  static func padded(_ byteCount: Int64) -> Int64 {
    byteCount > Int64.max - 511 ? byteCount : (byteCount + 511) & ~511
  }

  /// What describes the member behind it.
  private func metadata(_ byteCount: Int64) throws(TraceError.Kind) -> [UInt8] {
    let bytes = byteCount <= Self.maximumNameByteCount ? stream.peek(Int(byteCount)) : []
    guard stream.pass(Self.padded(byteCount)) else { throw .cutShort(reason: "it ends within a member's name") }
    return bytes
  }

  /// Records of the form "length key=value\n", where the length counts all of it.
  private mutating func readPax(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let space = rest.firstIndex(of: 0x20), let count = Int(Self.text(rest[..<space])), count > 0,
      count <= rest.count, rest.startIndex + count > space
    {
      let record = rest[(space + 1)..<(rest.startIndex + count)]
      rest = rest.dropFirst(count)
      guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let value = Self.text(record[(equals + 1)...].dropLast())
      switch Self.text(record[..<equals]) {
      case "path": longName = value
      case "size": longByteCount = Int64(value).flatMap { $0 < 0 ? nil : $0 }
      default: break
      }
    }
  }

  private static func name(_ header: [UInt8]) -> String {
    let name = text(header[0..<100])
    let isUstar = Array(header[257..<262]) == Array("ustar".utf8) && header[262] == 0
    let prefix = isUstar ? text(header[345..<500]) : ""
    return prefix.isEmpty ? name : prefix + "/" + name
  }

  private static func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Octal digits, or GNU tar's binary number where the first bit is set.
  private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
    if let first = field.first, first & 0x80 != 0 {
      guard first == 0x80, field.dropFirst().dropLast(8).allSatisfy({ $0 == 0 }) else { return nil }
      let value = field.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int64(exactly: value)
    }
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
    return digits.reduce(Int64(0)) { $0 << 3 | Int64($1 - 0x30) }
  }
}
