/// Where a trace comes from.
public enum TraceSource: Hashable, Sendable, CustomStringConvertible {
  case file(path: String)
  case standardInput

  /// Takes `-` for standard input, as tcpdump does.
  public init(argument: String) {
    self = argument == "-" ? .standardInput : .file(path: argument)
  }

  /// The path as given, or `standard input`.
  public var description: String {
    switch self {
    case .file(let path): path
    case .standardInput: "standard input"
    }
  }
}
