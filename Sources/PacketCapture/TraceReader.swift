import CPcap
import Glibc
public import PacketFormats
import Primitives

/// Reads the frames of one trace, in pcap (either byte order, micro- or nanoseconds) or pcapng.
///
/// A class, because it owns what libpcap allocated and closes it when it goes. Not for use from two threads at once.
public final class TraceReader {
  /// The trace being read.
  public let source: TraceSource
  /// The link layer of all its frames.
  public let linkType: LinkType
  /// The size of the file in bytes; nil for pipes.
  public let size: Int64?

  private let file: TraceFile
  private let pcap: OpaquePointer
  private let filter: FrameFilter?
  private let layout: RecordLayout?
  private let snapLength: UInt32
  private var framesRead = 0
  private var recordOffset: Int64 = 24
  private var isDone = false

  /// Opens the trace and reads its header.
  /// - Parameter filter: in the syntax of `man pcap-filter`; nil or empty lets every frame through.
  public init(_ source: TraceSource, filter: String? = nil) throws(TraceError) {
    let name = source.description
    let file = try TraceFile.open(source)
    let pcap: OpaquePointer
    do throws(TraceError) {
      pcap = try Self.openCapture(file, name)
    } catch {
      file.close()
      throw error
    }
    let linkType = LinkType(rawValue: pcap_datalink(pcap))
    do throws(TraceError) {
      guard linkType.isSupported else {
        let known = pcap_datalink_val_to_name(linkType.rawValue).map { String(cString: $0) }
        throw TraceError(file: name, kind: .unsupportedLinkType(linkType, name: known ?? "without a name"))
      }
      self.filter = try filter.flatMap { $0.isEmpty ? nil : $0 }.map { text throws(TraceError) in
        try FrameFilter(text, for: pcap, of: name)
      }
    } catch {
      pcap_close(pcap)
      file.buffer.deallocate()
      throw error
    }
    self.source = source
    self.file = file
    self.pcap = pcap
    self.linkType = linkType
    size = file.size
    layout = file.layout
    snapLength = UInt32(clamping: pcap_snapshot(pcap))
  }

  deinit {
    // Closes the file too, and only then is its buffer out of use.
    pcap_close(pcap)
    file.buffer.deallocate()
  }

  /// Where reading stands, in bytes from the start of the file; nil for pipes.
  public var position: Int64? { file.position }

  /// The next frame that passes the filter; nil at the end of the trace.
  ///
  /// An error comes after all complete frames in front of it; from then on the answer is nil.
  public func next() throws(TraceError) -> Frame? {
    while !isDone {
      var header: UnsafeMutablePointer<pcap_pkthdr>?
      var bytes: UnsafePointer<UInt8>?
      let result = pcap_next_ex(pcap, &header, &bytes)
      guard result == 1, let header, let bytes else {
        isDone = true
        // PCAP_ERROR_BREAK: the end of the file.
        if result == -2 { return nil }
        throw readingError()
      }
      framesRead += 1
      advance(past: header.pointee)
      if let filter, !filter.passes(header, bytes) { continue }
      return Frame(
        number: framesRead, file: 0, time: time(header.pointee.ts), linkType: linkType,
        bytes: UnsafeRawBufferPointer(start: bytes, count: Int(header.pointee.caplen)),
        originalLength: Int(header.pointee.len))
    }
    return nil
  }
}

extension TraceReader {
  private static func openCapture(_ file: TraceFile, _ name: String) throws(TraceError) -> OpaquePointer {
    guard !file.firstBytes.isEmpty else { throw TraceError(file: name, kind: .empty) }
    guard file.layout != nil else {
      let appearance = FileAppearance(firstBytes: file.firstBytes)
      guard file.firstBytes.count >= 4 || appearance != .unknown else {
        throw TraceError(
          file: name, byteOffset: 0, kind: .cutShort(reason: "it has \(file.firstBytes.count) of 24 header bytes"))
      }
      throw TraceError(file: name, kind: .notACapture(appearance))
    }
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    let opened = pcap_fopen_offline_with_tstamp_precision(
      file.handle, UInt32(PCAP_TSTAMP_PRECISION_NANO), &message)
    if let opened { return opened }
    let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    throw TraceError(
      file: name, byteOffset: 0,
      kind: reason.contains("truncated") ? .cutShort(reason: reason) : .unusableHeader(reason: reason))
  }

  private func time(_ stamp: timeval) -> Instant {
    var seconds = Int64(stamp.tv_sec)
    // pcap stores 32 bits without a sign (draft-ietf-opsawg-pcap), libpcap 1.10 reads them with one.
    if seconds < 0, case .pcap = layout { seconds = Int64(UInt32(truncatingIfNeeded: seconds)) }
    // With nanosecond precision libpcap keeps nanoseconds in the field named for microseconds.
    return Instant(seconds: seconds, nanoseconds: Int64(stamp.tv_usec))
  }

  /// Keeps track of where the next record starts.
  private func advance(past header: pcap_pkthdr) {
    guard case .pcap(let recordHeaderByteCount) = layout else { return }
    if header.caplen < snapLength {
      recordOffset += recordHeaderByteCount + Int64(header.caplen)
    } else {
      // libpcap cuts records to the snap length that the file header claims; only the file knows how long it was.
      recordOffset = position ?? recordOffset + recordHeaderByteCount + Int64(header.caplen)
    }
  }

  private func readingError() -> TraceError {
    let reason = pcap_geterr(pcap).map { String(cString: $0) } ?? "unknown reason"
    let kind: TraceError.Kind =
      if reason.contains("truncated") {
        .cutShort(reason: reason)
      } else if reason.contains("type of the first interface") {
        .differingLinkTypes(reason: reason)
      } else if reason.contains("snapshot length of the first interface") {
        .differingSnapLengths(reason: reason)
      } else if ferror(file.handle) != 0 {
        .readFailed(reason: reason)
      } else {
        .corruptRecord(reason: reason)
      }
    let offset: Int64? =
      switch layout {
      case .pcap: recordOffset
      case .pcapng, nil: position
      }
    return TraceError(file: source.description, frame: framesRead, byteOffset: offset, kind: kind)
  }
}
