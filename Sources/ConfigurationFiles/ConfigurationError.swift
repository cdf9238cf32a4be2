/// One thing wrong with a configuration file: where, what, and what to do about it.
///
/// Never holds the value of a secret field.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as the caller named it.
  public let file: String
  /// Counted from 1.
  public let line: Int
  /// Counted from 1 in Unicode scalars.
  public let column: Int
  /// The way to the value: `extensions[3].forward.busy`; empty for the whole file.
  public let keyPath: String
  /// What is wrong.
  public let message: String
  /// What would be right, or the word that was probably meant.
  public let remedy: String?

  /// `site.yaml:12:5: extensions[3].number: … (…)`.
  public var description: String {
    let place = "\(file):\(line):\(column): "
    return place + (keyPath.isEmpty ? "" : keyPath + ": ") + message + (remedy.map { "; \($0)" } ?? "")
  }
}

/// Everything wrong with a file, or with files that belong together, in the order of their places. Never empty.
public struct ConfigurationErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// No more errors than this are kept of one reading.
  public static let errorsMax = 100

  /// The one at the earliest place.
  public let first: ConfigurationError
  /// The rest, up to `errorsMax` with the first.
  public let others: [ConfigurationError]
  /// Errors past `errorsMax`, which were counted only.
  public let notKept: Int

  /// The first and the others.
  public var all: [ConfigurationError] { [first] + others }

  init(first: ConfigurationError, others: [ConfigurationError] = [], notKept: Int = 0) {
    self.first = first
    self.others = others
    self.notKept = notKept
  }

  /// One line for each error.
  public var description: String {
    let lines = all.map(\.description).joined(separator: "\n")
    return notKept == 0 ? lines : lines + "\n… and \(notKept) more"
  }
}
