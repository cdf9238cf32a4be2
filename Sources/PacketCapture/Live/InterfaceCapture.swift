import CPcap
import Glibc
public import PacketFormats
public import Primitives

/// Listens on a network interface, by libpcap.
///
/// Opening takes rights that reading does not: whoever opens one may give them up afterwards (`Privileges`).
public final class InterfaceCapture: LiveFrameSource {
  /// How to listen.
  public struct Options: Hashable, Sendable {
    /// In the syntax of `man pcap-filter`; nil or empty lets every packet through. The kernel applies it, so frames
    /// that it passes over are not counted.
    public var filter: String?
    /// Bytes of each packet that are kept.
    public var snapLength = InterfaceCapture.snapLengthMax
    /// What the kernel keeps of packets that were not read yet.
    public var bufferBytes = 16 << 20
    /// Whether packets for other machines are taken too.
    public var isPromiscuous = false

    /// Everything at its default.
    public init() {}
  }

  /// Bytes of a packet at most, as readers of files take them.
  public static let snapLengthMax = 262_144
  /// What `Options.bufferBytes` may be.
  public static let bufferBytesRange = 1 << 20...1 << 30

  /// Frames handed over by one call of `read`.
  private static let framesPerRead = 1024
  /// How long the kernel may gather packets before it hands them over.
  private static let gatheringMilliseconds: Int32 = 20

  /// The interface as it was named.
  public let name: String
  /// Of every frame.
  public let linkType: LinkType
  /// How late a packet may be handed over after it came.
  public let settlingTime = Instant.Span.milliseconds(100)
  private let handle: OpaquePointer
  private let descriptor: Int32
  /// 1 where the handle's times are in nanoseconds, 1000 for microseconds.
  private let nanosecondsPerTick: Int64
  private var framesRead = 0
  private var lastStatistics = pcap_stat()
  private var lost = CaptureLosses()

  /// Opens the interface.
  ///
  /// - Throws: where there is no such interface, it is down, may not be listened on, has a link type that is not read,
  ///   or where the filter is none.
  public init(_ name: String, _ options: Options = Options()) throws(TraceError) {
    self.name = name
    handle = try Self.open(name, options)
    descriptor = pcap_get_selectable_fd(handle)
    linkType = LinkType(rawValue: pcap_datalink(handle))
    nanosecondsPerTick = pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO ? 1 : 1000
  }

  deinit { pcap_close(handle) }

  /// Frames that are there, up to a bounded number; waits for the first up to `wait`, or until a signal comes.
  ///
  /// - Returns: whether all that were there have been read.
  /// - Throws: for an interface that can no longer be read.
  public func read(waiting wait: Instant.Span, frame: (Frame) -> Void) throws(TraceError) -> Bool {
    var mayWait = true
    var count = 0
    while count < Self.framesPerRead {
      var header: UnsafeMutablePointer<pcap_pkthdr>?
      var bytes: UnsafePointer<UInt8>?
      let outcome = pcap_next_ex(handle, &header, &bytes)
      if outcome == 1, let header, let bytes {
        count += 1
        mayWait = false
        framesRead += 1
        frame(made(of: header.pointee, bytes))
      } else if outcome == 0 {
        guard mayWait else { return true }
        mayWait = false
        waitForPackets(wait)
      } else {
        throw TraceError(file: name, frame: framesRead, kind: .captureFailed(reason: Self.reason(handle)))
      }
    }
    return false
  }

  private func made(of header: pcap_pkthdr, _ bytes: UnsafePointer<UInt8>) -> Frame {
    let fraction = Int64(header.ts.tv_usec).multipliedReportingOverflow(by: nanosecondsPerTick).partialValue
    return Frame(
      number: framesRead, file: 0, time: Instant(seconds: Int64(header.ts.tv_sec), nanoseconds: fraction),
      linkType: linkType, bytes: UnsafeRawBufferPointer(start: bytes, count: Int(header.caplen)),
      originalLength: Int(header.len))
  }

  /// A signal ends the waiting too.
  private func waitForPackets(_ span: Instant.Span) {
    var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // An interface that went away is found by libpcap, which wants to be asked again soon then.
    let wanted = pcap_get_required_select_timeout(handle) == nil ? span.nanoseconds / 1_000_000 : 10
    _ = poll(&waited, 1, Int32(clamping: max(0, wanted)))
  }

  /// Dropped since the interface was opened.
  public var losses: CaptureLosses {
    var now = pcap_stat()
    guard pcap_stats(handle, &now) == 0 else { return lost }
    // The counters are 32 bits wide and begin again at 0.
    lost.byBuffer += Int(now.ps_drop &- lastStatistics.ps_drop)
    lost.byInterface += Int(now.ps_ifdrop &- lastStatistics.ps_ifdrop)
    lastStatistics = now
    return lost
  }

  /// Whether it is there and up.
  public var isUp: Bool { NetworkInterfaces.isUp(name) }
}

extension InterfaceCapture {
  private static func open(_ name: String, _ options: Options) throws(TraceError) -> OpaquePointer {
    // C would silently take the part in front of the NUL for the whole.
    guard !name.isEmpty, !name.utf8.contains(0) else { throw unknown(name) }
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard let handle = pcap_create(name, &message) else {
      throw TraceError(file: name, kind: .captureFailed(reason: text(message)))
    }
    do throws(TraceError) {
      try activate(handle, name, options)
      try check(handle, name)
      try setFilter(handle, name, options.filter)
      guard pcap_setnonblock(handle, 1, &message) == 0, pcap_get_selectable_fd(handle) >= 0 else {
        throw TraceError(file: name, kind: .captureFailed(reason: "its packets cannot be waited for"))
      }
    } catch {
      pcap_close(handle)
      throw error
    }
    return handle
  }

  private static func activate(_ handle: OpaquePointer, _ name: String, _ options: Options) throws(TraceError) {
    pcap_set_snaplen(handle, Int32(clamping: options.snapLength))
    pcap_set_promisc(handle, options.isPromiscuous ? 1 : 0)
    pcap_set_buffer_size(handle, Int32(clamping: options.bufferBytes))
    pcap_set_timeout(handle, gatheringMilliseconds)
    // Where there are none, times are in microseconds.
    pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
    let status = pcap_activate(handle)
    // Warnings, as of an interface that cannot be promiscuous, are above 0.
    guard status < 0 else { return }
    let reason = Self.reason(handle, status)
    switch status {
    case PCAP_ERROR_NO_SUCH_DEVICE: throw unknown(name)
    case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
      // The right is looked at before the name.
      guard NetworkInterfaces.exists(name) else { throw unknown(name) }
      throw TraceError(file: name, kind: .captureNotPermitted(reason: reason))
    case PCAP_ERROR_IFACE_NOT_UP: throw TraceError(file: name, kind: .interfaceDown)
    default: throw TraceError(file: name, kind: .captureFailed(reason: reason))
    }
  }

  private static func unknown(_ name: String) -> TraceError {
    TraceError(file: name, kind: .noSuchInterface(known: NetworkInterfaces.names))
  }

  private static func check(_ handle: OpaquePointer, _ name: String) throws(TraceError) {
    let linkType = LinkType(rawValue: pcap_datalink(handle))
    guard linkType.isSupported else {
      throw TraceError(
        file: name, kind: .unsupportedLinkType(linkType, name: TraceReader.name(of: linkType)))
    }
  }

  private static func setFilter(_ handle: OpaquePointer, _ name: String, _ filter: String?) throws(TraceError) {
    guard let filter, !filter.isEmpty else { return }
    guard !filter.utf8.contains(0) else {
      throw TraceError(file: name, kind: .badFilter(filter, reason: "it contains a NUL character"))
    }
    var program = bpf_program()
    let optimize: Int32 = 1
    // PCAP_NETMASK_UNKNOWN, as for traces.
    guard pcap_compile(handle, &program, filter, optimize, 0xffff_ffff) == 0 else {
      throw TraceError(file: name, kind: .badFilter(filter, reason: reason(handle)))
    }
    defer { pcap_freecode(&program) }
    guard pcap_setfilter(handle, &program) == 0 else {
      throw TraceError(file: name, kind: .badFilter(filter, reason: reason(handle)))
    }
  }

  /// What libpcap says of its last error; for a status without words, what it stands for.
  private static func reason(_ handle: OpaquePointer, _ status: Int32 = PCAP_ERROR) -> String {
    let said = pcap_geterr(handle).map { String(cString: $0) } ?? ""
    if !said.isEmpty { return said }
    return pcap_statustostr(status).map { String(cString: $0) } ?? "unknown reason"
  }

  private static func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
