import Primitives

/// Gathers what is wrong with a file while it is read to its end.
final class ErrorCollector {
  let path: String
  private var errors: [ConfigurationError] = []
  private var notKept = 0

  init(path: String) { self.path = path }

  /// Errors so far, so that a reader can tell whether a part of the file had any.
  var count: Int { errors.count + notKept }

  func report(_ message: String, remedy: String?, at place: Place, keyPath: String) {
    guard errors.count < ConfigurationErrors.errorsMax else {
      notKept += 1
      return
    }
    errors.append(
      ConfigurationError(
        file: path, line: place.line, column: place.column, keyPath: keyPath, message: message, remedy: remedy))
  }

  /// `Spelling.nearest`, as long as anybody will be told: a file of nothing but mistakes must not take long to refuse.
  func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    errors.count < ConfigurationErrors.errorsMax ? Spelling.nearest(to: word, among: candidates) : nil
  }

  /// The file again, as errors of another file of the same reading.
  func add(_ others: ConfigurationErrors) {
    let room = ConfigurationErrors.errorsMax - errors.count
    errors += others.all.prefix(room)
    notKept += others.notKept + max(0, others.all.count - room)
  }

  /// nil when nothing is wrong.
  var summary: ConfigurationErrors? {
    let sorted = errors.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    guard let first = sorted.first else { return nil }
    return ConfigurationErrors(first: first, others: Array(sorted.dropFirst()), notKept: notKept)
  }
}
