import CPcap
import Glibc

/// A program that turns the bytes of one descriptor into those of another, such as `gzip -dc`.
///
/// It is found in `PATH` and started without a shell. It ends with this value at the latest, whatever it is doing.
final class ToolProcess: @unchecked Sendable {
  /// The program's name.
  let name: String
  private let process: pid_t
  /// What the program says on standard error; unnamed, and read when it has ended.
  private let messages: OpenFile
  private let countsAsFailure: Bool
  private var status: Int32?

  /// What a program's name and the Debian package with it are.
  struct Tool {
    let name: String
    let package: String
    let arguments: [String]
    /// Exit codes other than 0 that stand for a warning.
    var warnings: Set<Int32> = []
  }

  private let tool: Tool

  /// Starts a program between two descriptors.
  /// - Parameter prefix: a further descriptor, which the program finds at number 3.
  /// - Throws: the system's error number.
  static func start(_ tool: Tool, input: OpenFile, prefix: OpenFile? = nil) throws(SystemError) -> (
    ToolProcess, output: OpenFile
  ) {
    let (output, ours) = try pipe()
    let messages = try unnamedFile()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.descriptor, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, ours.descriptor, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, messages.descriptor, STDERR_FILENO)
    if let prefix { posix_spawn_file_actions_adddup2(&actions, prefix.descriptor, 3) }
    // Nothing else is for it: the writing end of a pipe that it held open would keep that pipe from ever ending.
    posix_spawn_file_actions_addclosefrom_np(&actions, prefix == nil ? 3 : 4)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: an interrupt from the keyboard is ours to act on. Signals as a shell would give them.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var defaults = sigset_t()
    sigemptyset(&defaults)
    // Threads of Dispatch block signals, which a program would inherit.
    posix_spawnattr_setsigmask(&attributes, &defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var process: pid_t = 0
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let code = withCStrings([tool.name] + tool.arguments) { arguments in
      withCStrings(["LC_ALL=C", "PATH=" + path]) { environment in
        posix_spawnp(&process, tool.name, &actions, &attributes, arguments, environment)
      }
    }
    guard code == 0 else { throw SystemError(number: code) }
    return (ToolProcess(tool, process, messages), output)
  }

  private init(_ tool: Tool, _ process: pid_t, _ messages: OpenFile) {
    self.tool = tool
    self.process = process
    self.messages = messages
    name = tool.name
    countsAsFailure = tool.name != "cat"
  }

  deinit { end() }

  /// Waits for the program, which has closed its output, and says why it failed if it did.
  func failure() -> String? {
    // The one in front of another may wait for more bytes that nobody wants.
    guard countsAsFailure else {
      end()
      return nil
    }
    guard let status = reap() else { return nil }
    let (signal, code) = (status & 0x7f, status >> 8 & 0xff)
    guard signal != 0 || code != 0 && !tool.warnings.contains(code) else { return nil }
    let text = said()
    if !text.isEmpty { return text.hasPrefix(name) ? text : "\(name): \(text)" }
    return signal != 0 ? "\(name) was ended by signal \(signal)" : "\(name) ended with exit code \(code)"
  }

  private func end() {
    guard status == nil else { return }
    kill(process, SIGKILL)
    _ = reap()
  }

  private func reap() -> Int32? {
    if let status { return status }
    var result: Int32 = 0
    while waitpid(process, &result, 0) < 0 {
      guard errno == EINTR else {
        status = 0
        return nil
      }
    }
    status = result
    return result
  }

  /// The first line of what it said, without what a terminal would act on.
  private func said() -> String {
    var bytes = [UInt8](repeating: 0, count: 400)
    let count = max(pread(messages.descriptor, &bytes, bytes.count, 0), 0)
    let line = bytes.prefix(count).drop { $0 <= 0x20 }.prefix { $0 != 0x0a }
    return printable(String(decoding: line, as: UTF8.self))
  }
}

/// An error number of the operating system.
struct SystemError: Error {
  let number: Int32
  var text: String { TraceError.text(ofErrno: number) }
  static var last: SystemError { SystemError(number: errno) }
}

/// A pipe whose both ends close when a program is started.
func pipe() throws(SystemError) -> (output: OpenFile, input: OpenFile) {
  var ends: [Int32] = [-1, -1]
  guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .last }
  return (OpenFile(ends[0]), OpenFile(ends[1]))
}

/// A file without a name in the folder for temporary ones; its space is free again once it is closed.
func unnamedFile() throws(SystemError) -> OpenFile {
  let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  var path = Array("\(folder)/ucmsim-XXXXXX".utf8CString)
  let descriptor = mkostemp(&path, O_CLOEXEC)
  guard descriptor >= 0 else { throw .last }
  unlink(path)
  return OpenFile(descriptor)
}

/// Text of unknown origin without control characters.
func printable(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
}

private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return body(copies + [nil])
}
