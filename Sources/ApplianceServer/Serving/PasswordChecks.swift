import ApplianceWeb
import Dispatch
import Synchronization

/// Compares passwords one after the other on a thread of its own, so that whoever signs in takes no more than one
/// processor and the memory of one hash from everybody else.
final class PasswordChecks: Sendable {
  private let queue = DispatchQueue(label: "ucmsim.passwords")
  private let waiting = Mutex(0)
  private let waitingMax: Int

  /// - Parameter waitingMax: further ones are turned away.
  init(waitingMax: Int) { self.waitingMax = waitingMax }

  /// nil where too many wait.
  func isRight(_ check: PasswordCheck) async -> Bool? {
    let isAdmitted = waiting.withLock { waiting in
      guard waiting < waitingMax else { return false }
      waiting += 1
      return true
    }
    guard isAdmitted else { return nil }
    defer { waiting.withLock { $0 -= 1 } }
    return await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: check.isRight()) }
    }
  }
}
