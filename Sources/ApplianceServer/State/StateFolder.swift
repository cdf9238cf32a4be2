import Glibc
import JSON

/// A folder that one appliance at a time keeps its state in: `state.json`, beside its rows and its certificate.
///
/// Locked until the process ends, however it does.
public final class StateFolder: Sendable {
  /// Why it cannot be used.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
      /// Another process has it.
      case inUse
      /// The operating system refuses; why.
      case refused(String)
      /// What is there cannot be used.
      case unusable(KeptState.Failure)
    }

    /// The file.
    public let path: String
    /// What is wrong.
    public let reason: Reason

    /// One line: the file, what is wrong and the remedy.
    public var description: String {
      switch reason {
      case .inUse: "\(path): another `ucmsim serve` keeps its state there; choose another folder, or end it"
      case .refused(let reason): "\(path): \(reason); check the folder and the space in it"
      case .unusable(.newer(let version)):
        "\(path): written by a later version of this program (\(version)); use that, or begin anew with --factory-reset"
      case .unusable(.notAState):
        "\(path): is no state of an appliance; look at it, or begin anew with --factory-reset"
      case .unusable(.wrongValue(let name)):
        "\(path): is damaged at \(name); mend it, or begin anew with --factory-reset"
      }
    }
  }

  private let path: String
  private let lock: Int32
  private static let bytesMax = 16 << 20

  /// Takes a folder that is there.
  public init(path: String) throws(Failure) {
    self.path = path
    let lockPath = path + "/lock"
    lock = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw Failure(path: lockPath, reason: .refused(String(cString: strerror(errno)))) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(lock)
      throw Failure(
        path: path, reason: code == EWOULDBLOCK ? .inUse : .refused(String(cString: strerror(code))))
    }
  }

  deinit { close(lock) }

  private var file: String { path + "/state.json" }

  /// What was kept; nothing where nothing was.
  public func read() throws(Failure) -> KeptState {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return KeptState() }
      throw refused(errno)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw refused(errno) }
      if count == 0 { break }
      bytes += piece.prefix(count)
      guard bytes.count <= Self.bytesMax else { throw Failure(path: file, reason: .unusable(.notAState)) }
    }
    do throws(KeptState.Failure) { return try KeptState(bytes) } catch {
      throw Failure(path: file, reason: .unusable(error))
    }
  }

  /// Replaces what was kept: after a crash at any moment either the old or the new is there, whole.
  public func write(_ state: KeptState) throws(Failure) {
    let new = file + ".new"
    let bytes = state.json.bytes()
    let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw refused(errno) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw refused(code)
      }
      rest = rest.dropFirst(count)
    }
    let isSynced = fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    guard isSynced else { throw refused(code) }
    guard rename(new, file) == 0 else { throw refused(errno) }
    syncFolder()
  }

  /// Forgets what was kept.
  public func reset() throws(Failure) {
    guard unlink(file) == 0 || errno == ENOENT else { throw refused(errno) }
    syncFolder()
  }

  /// The new name is durable once the folder is; where folders cannot be synced that is all there is.
  private func syncFolder() {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    _ = fsync(folder)
    close(folder)
  }

  private func refused(_ code: Int32) -> Failure {
    Failure(path: file, reason: .refused(String(cString: strerror(code))))
  }
}
