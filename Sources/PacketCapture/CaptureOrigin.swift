import Glibc

/// A capture that can be opened: one that the user named, or a member of a bundle.
enum CaptureOrigin {
  case source(TraceSource)
  case member(of: OpenFile, start: Int64, byteCount: Int64, name: String)

  var name: String {
    switch self {
    case .source(let source): source.description
    case .member(_, _, _, let name): name
    }
  }

  var canBeReadTwice: Bool {
    switch self {
    case .source(let source): source.canBeReadTwice
    case .member: true
    }
  }

  /// The bytes as they are stored, compressed or not.
  func open() throws(TraceError) -> ByteStream {
    switch self {
    case .member(let file, let start, let byteCount, _): return ByteStream(file, from: start, count: byteCount)
    case .source(let source): return try Self.open(source)
    }
  }

  private static func open(_ source: TraceSource) throws(TraceError) -> ByteStream {
    let name = source.description
    let descriptor: Int32
    switch source {
    case .file(let path), .kept(let path, _):
      // C would silently take the part in front of the NUL for the whole.
      descriptor = path.utf8.contains(0) ? -1 : Glibc.open(path, O_RDONLY | O_CLOEXEC)
      if path.utf8.contains(0) { errno = ENOENT }
    case .standardInput:
      // A descriptor of our own, so that closing the trace doesn't close standard input for everybody.
      descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    }
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      let error = SystemError.last
      if descriptor >= 0 { close(descriptor) }
      throw TraceError(file: name, kind: .cannotOpen(errno: error.number, reason: error.text))
    }
    let file = OpenFile(descriptor)
    guard status.st_mode & S_IFMT != S_IFDIR else { throw TraceError(file: name, kind: .isDirectory) }
    return ByteStream(file, size: status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : nil)
  }
}
