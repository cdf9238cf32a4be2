import CDRStorage
import Foundation

/// Readers of a growing CDR database: whoever reads has a connection of his own, so that a question that takes long
/// keeps nobody else waiting.
///
/// Unchecked, because a connection is used by one thread at a time, which no type shows.
final class LiveReaders: @unchecked Sendable {
  private let path: String
  private let condition = NSCondition()
  private var idle: [CDRArchive] = []
  private var busy: [CDRArchive] = []
  private var isShut = false

  /// Connections that are kept open, each with up to 16 MB of the file.
  private static let idleMax = 3
  /// An interrupted reader may be between two of its steps.
  private static let interruptingSeconds = 0.02

  init(path: String) { self.path = path }

  func read<Value>(_ body: (CDRArchive) throws -> Value) throws -> Value {
    let archive = try take()
    do {
      let value = try body(archive)
      giveBack(archive, isWell: true)
      return value
    } catch {
      giveBack(archive, isWell: false)
      throw error
    }
  }

  private func take() throws -> CDRArchive {
    condition.lock()
    defer { condition.unlock() }
    while isShut { condition.wait() }
    let archive = try idle.popLast() ?? CDRArchive(path: path)
    busy.append(archive)
    return archive
  }

  private func giveBack(_ archive: CDRArchive, isWell: Bool) {
    condition.lock()
    defer { condition.unlock() }
    busy.removeAll { $0 === archive }
    if isWell, !isShut, idle.count < Self.idleMax { idle.append(archive) }
    condition.broadcast()
  }

  /// Ends what is being read, and does something that no reader may see; readers that come meanwhile wait.
  func withoutReaders<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    shut()
    defer { open() }
    return try body()
  }

  private func shut() {
    condition.lock()
    defer { condition.unlock() }
    while isShut { condition.wait() }
    isShut = true
    while !busy.isEmpty {
      for archive in busy { archive.interrupt() }
      _ = condition.wait(until: Date(timeIntervalSinceNow: Self.interruptingSeconds))
    }
    idle = []
  }

  private func open() {
    condition.lock()
    defer { condition.unlock() }
    isShut = false
    condition.broadcast()
  }
}
