import PacketFormats
import Primitives

/// What an Interface Description Block says about the frames of its interface.
struct PcapngInterface {
  let linkType: LinkType
  /// 0 for no limit.
  let snapLength: UInt32
  private var resolution = Resolution.decimal(nanosecondsPerUnit: 1000)
  private var offsetSeconds: Int64 = 0

  /// What one unit of a time stamp is.
  private enum Resolution {
    case decimal(nanosecondsPerUnit: UInt64)
    case finerDecimal(unitsPerNanosecond: UInt64)
    /// 2 to the power of minus this many seconds.
    case binary(exponent: UInt64)
  }

  /// - Parameter block: the whole block, at least 20 bytes.
  /// - Returns: whether all options fit into it.
  static func parse(_ block: UnsafeRawBufferPointer, isSwapped: Bool) -> (interface: Self, isWhole: Bool)? {
    guard let bytes = block.baseAddress, block.count >= 20 else { return nil }
    var interface = Self(
      linkType: LinkType(numberInFile: UInt32(bytes.word16(8, swapped: isSwapped))),
      snapLength: bytes.word32(12, swapped: isSwapped))
    var offset = 16
    let end = block.count - 4
    while offset + 4 <= end {
      let code = bytes.word16(offset, swapped: isSwapped)
      let count = Int(bytes.word16(offset + 2, swapped: isSwapped))
      offset += 4
      if code == 0 { return (interface, true) }
      guard offset + count <= end else { return (interface, false) }
      if code == 9, count == 1 {
        interface.setResolution(bytes.load(fromByteOffset: offset, as: UInt8.self))
      } else if code == 14, count == 8 {
        let value = bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self)
        interface.offsetSeconds = isSwapped ? value.byteSwapped : value
      }
      offset += (count + 3) & ~3
    }
    return (interface, offset >= end)
  }

  private init(linkType: LinkType, snapLength: UInt32) {
    self.linkType = linkType
    self.snapLength = snapLength
  }

  /// `if_tsresol`: the highest bit tells the base, 2 or 10, the others the negative exponent.
  private mutating func setResolution(_ value: UInt8) {
    let exponent = UInt64(value & 0x7f)
    if value & 0x80 != 0 {
      resolution = .binary(exponent: exponent)
    } else if exponent <= 9 {
      resolution = .decimal(nanosecondsPerUnit: Self.power(ofTen: 9 - exponent))
    } else {
      resolution = .finerDecimal(unitsPerNanosecond: Self.power(ofTen: min(exponent - 9, 19)))
    }
  }

  private static func power(ofTen exponent: UInt64) -> UInt64 {
    (0..<exponent).reduce(1) { power, _ in power &* 10 }
  }

  /// The instant of a time stamp; one that no 64 bits of nanoseconds hold saturates.
  @inline(__always) func instant(_ units: UInt64) -> Instant {
    let nanoseconds: UInt64
    switch resolution {
    case .decimal(let nanosecondsPerUnit):
      let (product, overflow) = units.multipliedReportingOverflow(by: nanosecondsPerUnit)
      nanoseconds = overflow ? .max : product
    case .finerDecimal(let unitsPerNanosecond): nanoseconds = units / unitsPerNanosecond
    case .binary(let exponent): nanoseconds = Self.nanoseconds(units, exponent)
    }
    let instant = Instant(nanoseconds: Int64(clamping: nanoseconds))
    return offsetSeconds == 0 ? instant : instant + .seconds(offsetSeconds)
  }

  private static func nanoseconds(_ units: UInt64, _ exponent: UInt64) -> UInt64 {
    let (high, low) = units.multipliedFullWidth(by: 1_000_000_000)
    if exponent == 0 { return high == 0 ? low : .max }
    if exponent >= 64 { return exponent >= 128 ? 0 : high >> (exponent - 64) }
    return high >> exponent > 0 ? .max : high << (64 - exponent) | low >> exponent
  }
}
