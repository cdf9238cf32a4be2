import CPcap
import PacketFormats

/// A filter in the syntax of `man pcap-filter`, compiled for each link type that is met.
///
/// Applied here, after a frame was counted: its number has to be the one that Wireshark shows.
final class FrameFilter {
  private let text: String
  /// One for each link type; nil where the filter has no meaning for it and lets nothing through.
  private var programs: [(linkType: LinkType, program: UnsafeMutablePointer<bpf_program>?)] = []

  /// Compiles the filter for these link types, of which at least one has to know what it says.
  init(_ text: String, for linkTypes: [LinkType], of file: String) throws(TraceError) {
    // C would silently take the part in front of the NUL for the whole.
    guard !text.utf8.contains(0) else {
      throw TraceError(file: file, kind: .badFilter(text, reason: "it contains a NUL character"))
    }
    self.text = text
    var firstReason: String?
    for linkType in linkTypes {
      let (program, reason) = Self.compile(text, for: linkType)
      programs.append((linkType, program))
      firstReason = firstReason ?? reason
    }
    if let firstReason, !programs.contains(where: { $0.program != nil }) {
      throw TraceError(file: file, kind: .badFilter(text, reason: firstReason))
    }
  }

  deinit {
    for case (_, let program?) in programs {
      pcap_freecode(program)
      program.deallocate()
    }
  }

  func passes(_ frame: Frame) -> Bool {
    guard let program = program(for: frame.linkType), let bytes = frame.bytes.baseAddress else { return false }
    var header = pcap_pkthdr()
    header.caplen = UInt32(clamping: frame.bytes.count)
    header.len = UInt32(clamping: frame.originalLength)
    return pcap_offline_filter(program, &header, bytes.assumingMemoryBound(to: UInt8.self)) != 0
  }

  private func program(for linkType: LinkType) -> UnsafeMutablePointer<bpf_program>? {
    if let known = programs.first(where: { $0.linkType == linkType }) { return known.program }
    let (program, _) = Self.compile(text, for: linkType)
    programs.append((linkType, program))
    return program
  }

  private static func compile(
    _ text: String, for linkType: LinkType
  ) -> (program: UnsafeMutablePointer<bpf_program>?, reason: String?) {
    guard let handle = pcap_open_dead(linkType.rawValue, 262_144) else { return (nil, "out of memory") }
    defer { pcap_close(handle) }
    let program = UnsafeMutablePointer<bpf_program>.allocate(capacity: 1)
    program.initialize(to: bpf_program())
    let optimize: Int32 = 1
    // PCAP_NETMASK_UNKNOWN: a trace doesn't tell the netmask, which only `ip broadcast` asks for.
    guard pcap_compile(handle, program, text, optimize, 0xffff_ffff) == 0 else {
      program.deallocate()
      return (nil, pcap_geterr(handle).map { String(cString: $0) } ?? "unknown reason")
    }
    return (program, nil)
  }
}
