import Cases
import Glibc
import Synchronization

/// Digests of files, each read once.
final class FileDigests: Sendable {
  private let known = Mutex<[String: (state: FileState?, text: String)]>([:])

  /// The digest of the file's bytes, or why there is none.
  func text(of path: String) -> String {
    if let known = known.withLock({ $0[path] }) { return known.text }
    let state = FileState(path)
    let text = Self.read(path)
    known.withLock { $0[path] = (state, text) }
    return text
  }

  /// Whether the file is still the one whose digest was asked for.
  func isUnchanged(_ path: String) -> Bool {
    guard let known = known.withLock({ $0[path] }) else { return false }
    return FileState(path) == known.state
  }

  /// The digest of the file's bytes; a word that is no digest where it cannot be read.
  static func read(_ path: String) -> String {
    // What is no file has no end, or gives other bytes the next time.
    guard FileState(path)?.isRegular == true else { return "no file" }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "unreadable" }
    defer { close(descriptor) }
    var digest = ContentDigest()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR, !Interrupt.wasRequested { continue }
      guard count >= 0 else { return "unreadable" }
      if count == 0 { return digest.text }
      buffer.withUnsafeBytes { digest.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}
