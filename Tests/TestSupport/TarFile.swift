/// Builds the bytes of tar archives.
public enum TarFile {
  /// One member as an archive stores it.
  public struct Member {
    /// The path as it stands in the archive.
    public var name: String
    /// What is in it.
    public var bytes: [UInt8]
    /// The kind of member: `0` a file, `2` a symbolic link, `5` a folder, and so on.
    public var kind: Character
    /// The length the header claims; nil for that of `bytes`.
    public var claimedByteCount: Int?

    /// A file, unless said otherwise.
    public init(_ name: String, _ bytes: [UInt8], kind: Character = "0", claimedByteCount: Int? = nil) {
      self.name = name
      self.bytes = bytes
      self.kind = kind
      self.claimedByteCount = claimedByteCount
    }
  }

  /// An archive in the format `ustar`, with GNU tar's extra member for names beyond 100 bytes.
  public static func bytes(_ members: [Member]) -> [UInt8] {
    members.flatMap(bytes) + [UInt8](repeating: 0, count: 1024)
  }

  private static func bytes(_ member: Member) -> [UInt8] {
    let name = Array(member.name.utf8)
    let long = name.count > 100 ? bytes(Member("././@LongLink", name + [0], kind: "L")) : []
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
    }
    func octal(_ value: Int, _ digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: max(digits - text.count, 0)) + text
    }
    for (index, byte) in name.prefix(100).enumerated() { header[index] = byte }
    put(octal(0o644, 7), at: 100)
    put(octal(member.claimedByteCount ?? member.bytes.count, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put(String(member.kind), at: 156)
    put("ustar\u{0}00", at: 257)
    put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0}", at: 148)
    let padding = [UInt8](repeating: 0, count: (512 - member.bytes.count % 512) % 512)
    return long + header + member.bytes + padding
  }
}
