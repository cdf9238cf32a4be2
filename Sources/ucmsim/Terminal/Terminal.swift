import Foundation
import Glibc

/// What standard output is connected to.
enum Terminal {
  static var isStandardOutput: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Columns of the terminal; nil for a file or a pipe.
  static var width: Int? {
    var size = winsize()
    guard isStandardOutput, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Whether to colour: a terminal that can, and nobody who asks not to (https://no-color.org).
  static var takesColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isStandardOutput && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }
}
