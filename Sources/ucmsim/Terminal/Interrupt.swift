import Glibc
import Synchronization

/// Ctrl-C and SIGTERM end a pass at the next message; what was computed is written out.
enum Interrupt {
  private static let flag = Atomic<Bool>(false)

  static var wasRequested: Bool { flag.load(ordering: .relaxed) }

  static func install() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { received in
        // A second one ends the program at once.
        signal(received, SIG_DFL)
        Interrupt.flag.store(true, ordering: .relaxed)
      }
    }
  }
}
