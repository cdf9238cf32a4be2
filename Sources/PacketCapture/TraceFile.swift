import CPcap
import Glibc

/// An open file with the buffer libpcap reads it through.
///
/// libpcap reads record by record through stdio, whose own buffer of one block would cost a system call every few
/// frames.
struct TraceFile {
  static let bufferByteCount = 256 * 1024

  let handle: UnsafeMutablePointer<FILE>
  let buffer: UnsafeMutablePointer<CChar>
  let firstBytes: [UInt8]
  /// Nil for pipes and terminals.
  let size: Int64?

  /// What the first bytes, the magic number, tell about the records behind the file header.
  var layout: RecordLayout? { RecordLayout(magic: firstBytes.prefix(4)) }

  static func open(_ source: TraceSource) throws(TraceError) -> TraceFile {
    let name = source.description
    let opened: UnsafeMutablePointer<FILE>?
    switch source {
    case .file(let path), .kept(let path, _):
      opened = path.utf8.contains(0) ? nil : fopen(path, "rbe")
      if opened == nil, path.utf8.contains(0) { errno = ENOENT }
    case .standardInput:
      // A descriptor of our own, so that closing the trace doesn't close standard input for everybody.
      let descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
      opened = descriptor < 0 ? nil : fdopen(descriptor, "rb")
    }
    guard let handle = opened else {
      let number = errno
      throw TraceError(file: name, kind: .cannotOpen(errno: number, reason: text(ofErrno: number)))
    }
    var status = stat()
    guard fstat(fileno(handle), &status) == 0 else {
      let number = errno
      fclose(handle)
      throw TraceError(file: name, kind: .cannotOpen(errno: number, reason: text(ofErrno: number)))
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      fclose(handle)
      throw TraceError(file: name, kind: .isDirectory)
    }
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: bufferByteCount)
    setvbuf(handle, buffer, _IOFBF, bufferByteCount)
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    let file = TraceFile(
      handle: handle, buffer: buffer, firstBytes: peek(handle), size: isRegular ? Int64(status.st_size) : nil)
    guard ferror(handle) == 0 else {
      let reason = text(ofErrno: errno)
      file.close()
      throw TraceError(file: name, kind: .readFailed(reason: reason))
    }
    return file
  }

  func close() {
    fclose(handle)
    buffer.deallocate()
  }

  /// Where reading stands; nil for pipes and terminals.
  var position: Int64? {
    let position = ftello(handle)
    return position < 0 ? nil : Int64(position)
  }

  private static func peek(_ handle: UnsafeMutablePointer<FILE>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: FileAppearance.usefulByteCount) { bytes, count in
      count = bytes.baseAddress.map { cpcap_peek(handle, $0, bytes.count) } ?? 0
    }
  }

  static func text(ofErrno number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}

/// How a file's records are laid out, as far as an error's place depends on it.
enum RecordLayout {
  /// Records behind a file header of 24 bytes, each with a header of this many bytes.
  case pcap(recordHeaderByteCount: Int64)
  case pcapng

  init?(magic: some Collection<UInt8>) {
    switch magic.reduce(UInt32(0), { $0 << 8 | UInt32($1) }) {
    case 0xa1b2_c3d4, 0xd4c3_b2a1, 0xa1b2_3c4d, 0x4d3c_b2a1: self = .pcap(recordHeaderByteCount: 16)
    // A. Kuznetzov's variant, once written by the libpcap of some Linux distributions.
    case 0xa1b2_cd34, 0x34cd_b2a1: self = .pcap(recordHeaderByteCount: 24)
    case 0x0a0d_0d0a: self = .pcapng
    default: return nil
    }
  }
}
