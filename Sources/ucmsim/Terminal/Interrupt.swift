import Glibc
import Synchronization

/// Ctrl-C and SIGTERM end a pass at the next message; what was computed is written out.
enum Interrupt {
  private static let flag = Atomic<Bool>(false)

  static var wasRequested: Bool { flag.load(ordering: .relaxed) }

  static func install() {
    var action = sigaction()
    // Without SA_RESTART, so that waiting for a pipe ends too; a second one ends the program at once.
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    action.__sigaction_handler.sa_handler = { _ in Interrupt.flag.store(true, ordering: .relaxed) }
    var heard = sigset_t()
    sigemptyset(&heard)
    for number in [SIGINT, SIGTERM] {
      sigaction(number, &action, nil)
      sigaddset(&heard, number)
    }
    // Whoever started the program may have them blocked.
    pthread_sigmask(SIG_UNBLOCK, &heard, nil)
  }
}
