import CPcap

/// A compiled filter in the syntax of `man pcap-filter`.
///
/// Applied here rather than by libpcap's reader, which would leave the frames it passes over uncounted: a frame's
/// number has to be the one that Wireshark shows.
final class FrameFilter {
  private var program = bpf_program()

  init(_ text: String, for handle: OpaquePointer, of file: String) throws(TraceError) {
    // C would silently take the part in front of the NUL for the whole.
    guard !text.utf8.contains(0) else {
      throw TraceError(file: file, kind: .badFilter(text, reason: "it contains a NUL character"))
    }
    let optimize: Int32 = 1
    // PCAP_NETMASK_UNKNOWN: a trace doesn't tell the netmask, which only `ip broadcast` asks for.
    guard pcap_compile(handle, &program, text, optimize, 0xffff_ffff) == 0 else {
      let reason = pcap_geterr(handle).map { String(cString: $0) } ?? "unknown reason"
      throw TraceError(file: file, kind: .badFilter(text, reason: reason))
    }
  }

  deinit {
    pcap_freecode(&program)
  }

  func passes(_ header: UnsafePointer<pcap_pkthdr>, _ bytes: UnsafePointer<UInt8>) -> Bool {
    pcap_offline_filter(&program, header, bytes) != 0
  }
}
