import CPcap
public import PacketFormats

/// Reads the frames of one trace, in pcap (either byte order, micro- or nanoseconds) or pcapng, compressed or not.
///
/// A class, because it owns a buffer and an open file. Not for use from two threads at once.
public final class TraceReader {
  /// The size of the file in bytes; nil for pipes and what is compressed.
  public let size: Int64?

  let name: String
  private let stream: ByteStream
  private let records: any RecordReader
  /// `records` again, under its own name: one of the two is asked for every frame.
  private let classic: ClassicReader?
  private let pcapng: PcapngReader?
  private let filter: FrameFilter?
  private let isFiltered: Bool
  private var framesPassed = 0
  private var isDone = false
  /// What was wrong in front of the first frame; it is said when that is asked for.
  private let earlyError: TraceError?
  private let hasEarlyError: Bool

  /// Opens the trace and reads its header.
  /// - Parameter filter: in the syntax of `man pcap-filter`; nil or empty lets every frame through.
  public convenience init(_ source: TraceSource, filter: String? = nil) throws(TraceError) {
    let origin = CaptureOrigin.source(source)
    switch try TraceContents.open(origin) {
    case .capture(let stream): try self.init(origin, stream, filter: filter)
    case .bundle: throw TraceError(file: origin.name, kind: .notACapture(.tar))
    }
  }

  init(_ origin: CaptureOrigin, _ stream: ByteStream, filter: String?) throws(TraceError) {
    name = origin.name
    size = stream.size
    self.stream = stream
    do throws(TraceError) {
      (records, earlyError) = try Self.records(stream, name)
    } catch {
      throw stream.isAtEnd ? stream.toolError(origin.name) ?? error : error
    }
    hasEarlyError = earlyError != nil
    classic = records as? ClassicReader
    pcapng = records as? PcapngReader
    let linkTypes = records.linkTypes
    if let first = linkTypes.first, !linkTypes.contains(where: \.isSupported),
      try Self.isUnsupportedThroughout(origin, records)
    {
      throw TraceError(file: name, kind: .unsupportedLinkType(first, name: Self.name(of: first)))
    }
    let compiled = try filter.flatMap { $0.isEmpty ? nil : $0 }.map { text throws(TraceError) in
      try FrameFilter(text, for: linkTypes.isEmpty ? [.ethernet] : linkTypes, of: origin.name)
    }
    self.filter = compiled
    isFiltered = compiled != nil
  }

  /// The link types of its interfaces described so far, each once.
  public var linkTypes: [LinkType] { records.linkTypes }

  /// What reading went past so far.
  public var notices: [TraceNotice] { records.notices.all }

  /// Whether key logs (text as in `SSLKEYLOGFILE`) have been read that nobody has taken.
  public var hasSecrets: Bool { pcapng?.hasSecrets ?? false }

  /// The key logs read since they were last taken.
  public func takeSecrets() -> [[UInt8]] { pcapng?.takeSecrets() ?? [] }

  /// Where reading stands, in bytes from the start of the file; nil for pipes and what is compressed.
  public var position: Int64? { size.map { min(stream.position, $0) } }

  /// The next frame that passes the filter; nil at the end of the trace.
  ///
  /// An error comes after all complete frames in front of it; from then on the answer is nil.
  public func next() throws(TraceError) -> Frame? {
    while !isDone {
      guard let frame = try nextOfAll() else { return nil }
      framesPassed = frame.number
      if !isFiltered || passes(frame) { return frame }
    }
    return nil
  }

  /// Hands over the frames that lie in the buffer already, as far as that can be done without a look at each.
  ///
  /// - Parameter frame: takes a frame, and returns false to have no more. Must not touch this reader.
  /// - Returns: false when there was none; there may be more, which `next` finds.
  func readBuffered(_ frame: (Frame) -> Bool) -> Bool {
    guard !isDone, !isFiltered, !hasEarlyError, let classic, let last = classic.readBuffered(frame) else {
      return false
    }
    framesPassed = last
    return true
  }

  @inline(__always) private func nextOfAll() throws(TraceError) -> Frame? {
    let frame: Frame?
    do throws(TraceError) {
      if hasEarlyError, let earlyError { throw earlyError }
      frame = if let classic { try classic.next() } else { try pcapng?.next() }
    } catch {
      throw ended(by: error)
    }
    if frame == nil, let error = ended() { throw error }
    return frame
  }

  @inline(never) private func passes(_ frame: Frame) -> Bool { filter?.passes(frame) ?? true }

  /// Closes the trace; what the programs that unpack it say goes before what is missing at its end.
  @inline(never) private func ended(by error: TraceError) -> TraceError {
    isDone = true
    return stream.isAtEnd ? stream.toolError(name, after: error.frame) ?? error : error
  }

  @inline(never) private func ended() -> TraceError? {
    isDone = true
    return stream.toolError(name, after: framesPassed) ?? unsupportedThroughout()
  }
}

extension TraceReader {
  private static func records(_ stream: ByteStream, _ name: String) throws(TraceError) -> (
    any RecordReader, TraceError?
  ) {
    guard stream.has(4), stream.bytes.word32(0, swapped: false) == 0x0a0d_0d0a else {
      return (try ClassicReader(stream, name: name), nil)
    }
    let reader = try PcapngReader(stream, name: name)
    // The interfaces, for the filter and the link types.
    do throws(TraceError) { _ = try reader.findPacket() } catch { return (reader, error) }
    return (reader, nil)
  }

  /// Whether no interface has a link type that is decoded. Looks through a pcapng file that can be read twice, in which
  /// one may be described later; of a pipe it will be known at the end.
  private static func isUnsupportedThroughout(
    _ origin: CaptureOrigin, _ records: any RecordReader
  ) throws(TraceError) -> Bool {
    guard records is PcapngReader else { return true }
    guard origin.canBeReadTwice, case .capture(let stream) = try TraceContents.open(origin) else { return false }
    let reader = try PcapngReader(stream, name: origin.name)
    do throws(TraceError) {
      while try reader.next() != nil {
        if reader.linkTypes.contains(where: \.isSupported) { return false }
      }
    } catch {}
    return !reader.linkTypes.contains(where: \.isSupported)
  }

  private func unsupportedThroughout() -> TraceError? {
    guard let first = linkTypes.first, !linkTypes.contains(where: \.isSupported) else { return nil }
    return TraceError(
      file: name, frame: framesPassed, kind: .unsupportedLinkType(first, name: Self.name(of: first)))
  }

  static func name(of linkType: LinkType) -> String {
    pcap_datalink_val_to_name(linkType.rawValue).map { String(cString: $0) } ?? "without a name"
  }
}
