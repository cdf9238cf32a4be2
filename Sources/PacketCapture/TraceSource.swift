/// Where a trace comes from.
public enum TraceSource: Hashable, Sendable, CustomStringConvertible {
  /// A file, by its path as given; a pipe is one too, and can be read once only.
  case file(path: String)
  /// The standard input of the process, which can be read once only.
  case standardInput
  /// A copy of standard input, so that it can be read twice; errors still name standard input.
  case keptStandardInput(path: String)

  /// Takes `-` for standard input, as tcpdump does.
  public init(argument: String) {
    self = argument == "-" ? .standardInput : .file(path: argument)
  }

  /// The path as given, or `standard input`.
  public var description: String {
    switch self {
    case .file(let path): path
    case .standardInput, .keptStandardInput: "standard input"
    }
  }
}
