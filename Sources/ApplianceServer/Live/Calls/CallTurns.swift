import Foundation

/// Turns of one thread that changes something, and of those who look at it.
///
/// Whoever has to wait for his turn holds no thread up, and neither side can keep the other from its turn: those who
/// wait look when the changing thread ends its turn, and those who come later wait for its next.
final class CallTurns: @unchecked Sendable {
  private let condition = NSCondition()
  private var isChanging = false
  private var wantsToChange = false
  private var looking = 0
  private var waiting: [Int: (admit: CheckedContinuation<Bool, Never>, timer: Task<Void, Never>)] = [:]
  private var lastTicket = 0

  // MARK: The thread that changes

  /// Returns once nobody looks.
  func beginChanging() {
    condition.lock()
    defer { condition.unlock() }
    wantsToChange = true
    while looking > 0 { condition.wait() }
    wantsToChange = false
    isChanging = true
  }

  func endChanging() {
    condition.lock()
    isChanging = false
    let admitted = waiting.values
    waiting = [:]
    looking += admitted.count
    condition.unlock()
    for (admit, timer) in admitted {
      timer.cancel()
      admit.resume(returning: true)
    }
  }

  // MARK: Those who look

  /// What `look` sees while nothing changes; nil where that does not come within `patience`.
  func look<Value>(within patience: Duration, _ look: () -> Value) async -> Value? {
    guard await enter(within: patience) else { return nil }
    defer { leave() }
    return look()
  }

  private func enter(within patience: Duration) async -> Bool {
    await withCheckedContinuation { admit in
      condition.lock()
      guard isChanging || wantsToChange else {
        looking += 1
        condition.unlock()
        return admit.resume(returning: true)
      }
      lastTicket += 1
      let ticket = lastTicket
      let timer = Task.detached {
        guard (try? await Task.sleep(for: patience)) != nil else { return }
        self.giveUp(ticket)
      }
      waiting[ticket] = (admit, timer)
      condition.unlock()
    }
  }

  private func giveUp(_ ticket: Int) {
    condition.lock()
    let given = waiting.removeValue(forKey: ticket)
    condition.unlock()
    given?.admit.resume(returning: false)
  }

  private func leave() {
    condition.lock()
    defer { condition.unlock() }
    looking -= 1
    if looking == 0 { condition.broadcast() }
  }
}
