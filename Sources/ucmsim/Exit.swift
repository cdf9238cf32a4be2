/// What the program tells its caller.
enum Exit: Int32, CaseIterable {
  /// Done, nothing to report.
  case done = 0
  /// Done, with findings.
  case findings = 1
  /// The command line cannot be understood or asks for what is not there.
  case usage = 2
  /// A trace or file cannot be used, or only in part; what was computed before is kept.
  case unusableInput = 3
  /// Our own fault, or the machine's.
  case internalError = 4
  /// Ctrl-C: what was computed before is kept.
  case interrupted = 130
}

/// A message for standard error and the exit code that goes with it.
struct Complaint: Error {
  let message: String
  let exit: Exit

  init(_ message: String, _ exit: Exit) {
    self.message = message
    self.exit = exit
  }
}

/// The reader of standard output went away, which is no error.
struct ClosedPipe: Error {}
