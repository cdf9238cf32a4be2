/// Puts numbers one behind the other, in network byte order unless told otherwise.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []
  var isLittleEndian = false

  mutating func byte(_ value: UInt8) { bytes.append(value) }
  mutating func word16(_ value: UInt16) { append(value) }
  mutating func word32(_ value: UInt32) { append(value) }
  mutating func word64(_ value: UInt64) { append(value) }
  mutating func raw(_ value: [UInt8]) { bytes += value }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: isLittleEndian ? value.littleEndian : value.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
