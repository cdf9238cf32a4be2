import Foundation
import Glibc

/// Paths of case files and of what they name.
enum CasePath {
  /// Without `.` and `x/..`; a path that leads to another file then stays as it was.
  static func shortened(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    let short = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    let result = short.isEmpty ? "." : short
    return real(result) == real(path) ? result : path
  }

  /// Absolute, without links; nil where there is no such file.
  static func real(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  static func isDirectory(_ path: String) -> Bool { FileState(path)?.isDirectory == true }

  /// Whether the one is the other or lies below it; both absolute.
  static func isInside(_ path: String, _ folder: String) -> Bool {
    path == folder || folder == "/" || path.hasPrefix(folder + "/")
  }

  /// The folder that a case may name files of: the repository it lies in, else the working directory where that holds
  /// it, else the folder that was searched.
  static func root(of folder: String, searched: String) -> String {
    var candidate = folder
    while candidate.count > 1 {
      if access(candidate + "/.git", F_OK) == 0 { return candidate }
      candidate = String(candidate.prefix(upTo: candidate.lastIndex(of: "/") ?? candidate.startIndex))
    }
    if let working = real("."), isInside(folder, working), working != "/" { return working }
    return searched
  }

  /// A word for the shell, in quotes where it needs some.
  static func quoted(_ word: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@+,%".unicodeScalars)
    guard word.isEmpty || !word.unicodeScalars.allSatisfy(plain.contains) else { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
