import CPcap
import Glibc
public import PacketFormats
public import Primitives

/// Writes frames to a new capture file: classic pcap with nanoseconds, by libpcap.
public final class TraceWriter {
  /// Bytes of a frame at most, as readers take them.
  public static let frameBytesMax = 262_144

  /// Why a capture could not be written.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as it was given.
    public let path: String
    /// What the system or libpcap says of it.
    public let reason: String

    /// One line with the remedy.
    public var description: String { "\(path): cannot be written: \(reason); check the folder and the space in it" }
  }

  private let path: String
  private let handle: OpaquePointer
  private var dumper: OpaquePointer?

  /// Makes the file, and replaces what it held.
  ///
  /// - Parameter linkType: of every frame.
  public init(path: String, linkType: LinkType) throws(Failure) {
    self.path = path
    guard !path.utf8.contains(0) else { throw Failure(path: path, reason: "its name contains a NUL character") }
    let precision = UInt32(PCAP_TSTAMP_PRECISION_NANO)
    guard let handle = pcap_open_dead_with_tstamp_precision(linkType.rawValue, Int32(Self.frameBytesMax), precision)
    else { throw Failure(path: path, reason: "out of memory") }
    self.handle = handle
    dumper = pcap_dump_open(handle, path)
    if dumper == nil {
      let reason = pcap_geterr(handle).map { String(cString: $0) } ?? "unknown reason"
      // libpcap begins with the path, which is said already.
      throw Failure(
        path: path, reason: reason.hasPrefix(path + ": ") ? String(reason.dropFirst(path.count + 2)) : reason)
    }
  }

  deinit {
    if let dumper { pcap_dump_close(dumper) }
    pcap_close(handle)
  }

  /// Appends a frame; its time is from 1970 to 2106, which is what the format holds.
  public func append(_ frame: [UInt8], at time: Instant) throws(Failure) {
    guard frame.count <= Self.frameBytesMax else { throw Failure(path: path, reason: "a frame is too long") }
    guard (0...Int64(UInt32.max)).contains(time.seconds) else {
      throw Failure(path: path, reason: "a frame's time is not from 1970 to 2106, which is all that pcap holds")
    }
    var header = pcap_pkthdr()
    header.ts.tv_sec = Int(time.seconds)
    header.ts.tv_usec = Int(time.nanoseconds - time.seconds * 1_000_000_000)
    header.caplen = UInt32(frame.count)
    header.len = header.caplen
    frame.withUnsafeBufferPointer { bytes in
      guard let dumper else { return }
      pcap_dump(UnsafeMutableRawPointer(dumper).assumingMemoryBound(to: UInt8.self), &header, bytes.baseAddress)
    }
  }

  /// Ends the file; until then it may be incomplete.
  public func close() throws(Failure) {
    guard let open = dumper else { return }
    let isWritten = pcap_dump_flush(open) == 0
    let code = errno
    pcap_dump_close(open)
    dumper = nil
    if !isWritten { throw Failure(path: path, reason: String(cString: strerror(code))) }
  }
}
