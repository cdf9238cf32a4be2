public import PacketFormats
import Primitives

/// The bytes of a pcapng file: one section, little-endian, with times in nanoseconds.
///
/// Unlike pcap it holds frames of several link types, their lengths on the wire and the secrets of TLS connections, so
/// that what is written reads as what was read. Source: draft-ietf-opsawg-pcapng.
public struct PcapngDocument: Sendable {
  /// The whole file, as far as frames were added.
  public private(set) var bytes: [UInt8] = []

  private var interfaces: [LinkType: UInt32] = [:]

  /// A file without frames.
  ///
  /// - Parameters:
  ///   - linkTypes: of all frames to come; each becomes an interface.
  ///   - secrets: key logs (text as in `SSLKEYLOGFILE`).
  public init(linkTypes: [LinkType], secrets: [[UInt8]] = []) {
    appendBlock(0x0a0d_0d0a) { body in
      body.append(UInt32(0x1a2b_3c4d))
      // Version 1.0, and a section whose length nobody says.
      body.append(UInt32(1))
      body.append(UInt32.max)
      body.append(UInt32.max)
    }
    for linkType in linkTypes where interfaces[linkType] == nil {
      interfaces[linkType] = UInt32(interfaces.count)
      appendBlock(1) { body in
        body.append(linkType.numberInFile & 0xffff)
        body.append(UInt32(0))
        // if_tsresol, one byte: 10 to the power of minus 9; then the end of the options.
        body.append(UInt32(0x0001_0009))
        body.append(UInt32(9))
        body.append(UInt32(0))
      }
    }
    for log in secrets {
      appendBlock(10) { body in
        // "TLS Key Log".
        body.append(UInt32(0x544c_534b))
        body.append(UInt32(truncatingIfNeeded: log.count))
        body.append(log)
      }
    }
  }

  /// Appends a frame.
  ///
  /// - Returns: false, and nothing is appended, for one of another link type, or of a time before 1970, which the
  ///   format cannot hold.
  public mutating func append(_ frame: KeptFrame) -> Bool {
    guard let interface = interfaces[frame.linkType], frame.time.nanoseconds >= 0 else { return false }
    let time = UInt64(frame.time.nanoseconds)
    appendBlock(6) { body in
      body.append(interface)
      body.append(UInt32(truncatingIfNeeded: time >> 32))
      body.append(UInt32(truncatingIfNeeded: time))
      body.append(UInt32(truncatingIfNeeded: frame.bytes.count))
      body.append(UInt32(truncatingIfNeeded: max(frame.originalLength, frame.bytes.count)))
      body.append(frame.bytes)
    }
    return true
  }

  /// A block's content, in whole words of 32 bits.
  private struct Body {
    var bytes: [UInt8] = []

    mutating func append(_ number: UInt32) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ content: [UInt8]) {
      bytes += content
      bytes += [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
    }
  }

  private mutating func appendBlock(_ type: UInt32, _ write: (inout Body) -> Void) {
    var content = Body()
    write(&content)
    let length = UInt32(truncatingIfNeeded: content.bytes.count + 12)
    var block = Body()
    block.append(type)
    block.append(length)
    block.append(content.bytes)
    block.append(length)
    bytes += block.bytes
  }
}
