import Glibc

/// Where a trace comes from.
public enum TraceSource: Hashable, Sendable, CustomStringConvertible {
  /// A file, by its path as given; a pipe is one too, and can be read once only.
  case file(path: String)
  /// The standard input of the process, which can be read once only.
  case standardInput
  /// A copy of a pipe's bytes, so that they can be read twice; errors still name the pipe.
  case kept(path: String, name: String)

  /// Takes `-` for standard input, as tcpdump does.
  public init(argument: String) {
    self = argument == "-" ? .standardInput : .file(path: argument)
  }

  /// The path as given, or `standard input`.
  public var description: String {
    switch self {
    case .file(let path): path
    case .standardInput: "standard input"
    case .kept(_, let name): name
    }
  }

  /// false for what gives its bytes once: standard input, pipes and devices. A path that leads nowhere is no pipe.
  public var canBeReadTwice: Bool {
    switch self {
    case .standardInput: return false
    case .kept: return true
    case .file(let path):
      var status = stat()
      guard stat(path, &status) == 0 else { return true }
      return [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }
  }
}
