/// What the first bytes of a file that is no capture say it is.
public enum FileAppearance: String, Hashable, Sendable, CaseIterable {
  /// Compressed, RFC 1952; a capture may be inside.
  case gzip
  /// Compressed, RFC 8878; a capture may be inside.
  case zstd
  /// Compressed; a capture may be inside.
  case xz
  /// Compressed; a capture may be inside.
  case bzip2
  /// Compressed in the frame format; a capture may be inside.
  case lz4
  /// An archive of tar; captures may be inside.
  case tar
  /// An archive; captures may be inside.
  case zip
  /// A capture of Microsoft Network Monitor, 1.x or 2.x.
  case networkMonitor
  /// A capture of Solaris snoop, RFC 1761.
  case snoop
  /// A capture of NetXray or Sniffer for Windows.
  case netXray
  /// A capture of AIX iptrace.
  case iptrace
  /// An ELF program or library.
  case executable
  /// A PDF document.
  case pdf
  /// An SQLite 3 database, such as a run's own CDRs.
  case sqlite
  /// UTF-8 text without control characters, a hex dump among others.
  case text
  /// None of these; also what is too short to tell.
  case unknown

  /// As many bytes as `init(firstBytes:)` can make use of.
  static let usefulByteCount = TarArchive.blockByteCount

  init(firstBytes bytes: [UInt8]) {
    let known = Self.magics.first { bytes.starts(with: $0.magic) }
    self = known?.appearance ?? (TarArchive.isHeader(bytes) ? .tar : Self.isText(bytes.prefix(64)) ? .text : .unknown)
  }

  /// First bytes as given in the formats' own descriptions and in the magic file of file(1).
  private static let magics: [(magic: [UInt8], appearance: FileAppearance)] = [
    ([0x1f, 0x8b], .gzip),
    ([0x28, 0xb5, 0x2f, 0xfd], .zstd),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], .xz),
    (Array("BZh".utf8), .bzip2),
    ([0x04, 0x22, 0x4d, 0x18], .lz4),
    ([0x50, 0x4b, 0x03, 0x04], .zip),
    (Array("GMBU".utf8), .networkMonitor),
    (Array("RTSS".utf8), .networkMonitor),
    (Array("snoop\0".utf8), .snoop),
    (Array("XCP\0".utf8), .netXray),
    (Array("iptrace ".utf8), .iptrace),
    ([0x7f, 0x45, 0x4c, 0x46], .executable),
    (Array("%PDF".utf8), .pdf),
    (Array("SQLite format 3\0".utf8), .sqlite),
  ]

  private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || (0x09...0x0d).contains($0) }) else { return false }
    // The first bytes may end within a character, which has up to four.
    return (0...3).contains { cut in
      let whole = bytes.dropLast(cut)
      return !whole.isEmpty && String(validating: whole, as: UTF8.self) != nil
    }
  }

  var name: String {
    switch self {
    case .gzip: "a gzip file"
    case .zstd: "a Zstandard file"
    case .xz: "an xz file"
    case .bzip2: "a bzip2 file"
    case .lz4: "an LZ4 file"
    case .tar: "a tar archive"
    case .zip: "a ZIP archive"
    case .networkMonitor: "a Microsoft Network Monitor capture"
    case .snoop: "a Solaris snoop capture"
    case .netXray: "a NetXray or Sniffer capture"
    case .iptrace: "an AIX iptrace capture"
    case .executable: "an executable program"
    case .pdf: "a PDF document"
    case .sqlite: "an SQLite database"
    case .text: "a text file"
    case .unknown: "none of the known formats"
    }
  }

  var remedy: String {
    switch self {
    case .gzip: "unpack it first: `gunzip FILE`, or `gunzip -c FILE | … -`"
    case .zstd: "unpack it first: `unzstd FILE`"
    case .xz: "unpack it first: `unxz FILE`"
    case .bzip2: "unpack it first: `bunzip2 FILE`"
    case .lz4: "unpack it first: `unlz4 FILE`"
    case .tar: "unpack it first: `tar -xf FILE`"
    case .zip: "unpack it first: `unzip FILE`"
    case .networkMonitor, .snoop, .netXray, .iptrace: "convert it first: `editcap -F pcap IN OUT`"
    case .text: "record with `tcpdump -w FILE`; a hex dump can be converted with `text2pcap IN OUT`"
    case .executable, .pdf, .sqlite: "name a file recorded with `tcpdump -w FILE` or Wireshark"
    case .unknown: "if Wireshark opens it, convert it first: `editcap -F pcap IN OUT`"
    }
  }
}
