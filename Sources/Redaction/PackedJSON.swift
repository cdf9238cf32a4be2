import Primitives

/// JSON that stands percent-encoded in a form's value, as SugarCRM's `rest_data=%7B%22session%22…` (measured).
enum PackedJSON {
  /// The text with each such value unpacked, replaced and packed again; one that stays the same stays byte by byte.
  static func replacing(in bytes: [UInt8], _ replacement: ([UInt8]) -> [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "="), opens(bytes, at: at + 1) else {
        at += 1
        continue
      }
      let end = bytes[(at + 1)...].firstIndex { ends.contains($0) } ?? bytes.count
      let value = bytes[(at + 1)..<end].map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
      let unpacked = Array(PercentEncoding.decode(value).utf8)
      let replaced = replacement(unpacked)
      if replaced != unpacked {
        result += bytes[copied...at]
        result += PercentEncoding.encode(String(decoding: replaced, as: UTF8.self)).utf8
        copied = end
      }
      at = end
    }
    return copied == 0 ? bytes : result + bytes[copied...]
  }

  private static let ends: Set<UInt8> = Set("&\"'<> \r\n\t;".utf8)

  /// `%7B` or `%5B`, whose letter may be small.
  private static func opens(_ bytes: [UInt8], at: Int) -> Bool {
    guard at + 2 < bytes.count, bytes[at] == UInt8(ascii: "%"), bytes[at + 2] | 0x20 == UInt8(ascii: "b") else {
      return false
    }
    return bytes[at + 1] == UInt8(ascii: "7") || bytes[at + 1] == UInt8(ascii: "5")
  }
}
