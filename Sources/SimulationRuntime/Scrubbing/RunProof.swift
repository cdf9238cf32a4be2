public import Scrubbing
import Glibc

/// Holds the files of two runs against each other: they have to say the same but for the names.
public struct RunProof {
  /// Files of a run that are compared, line by line.
  public static let files = ["cdr.csv", "events.jsonl", "crm.jsonl"]
  /// Bytes of one file at most.
  static let bytesMax = 1 << 30

  /// Where two runs part.
  public struct Difference: Error, CustomStringConvertible {
    /// Which file.
    public let file: String
    /// Line from 1.
    public let line: Int
    /// The member, and what stands there in both.
    public let detail: String

    /// One line.
    public var description: String { "the runs differ in \(file), line \(line): \(detail)" }
  }

  /// What was compared.
  public private(set) var lines = 0
  private var relation: RenamingRelation

  /// - Parameter renaming: one that is settled.
  public init(_ renaming: Renaming) { relation = RenamingRelation(renaming) }

  /// Compares the runs in two folders.
  public mutating func compare(_ before: String, _ after: String) throws(Difference) {
    for file in Self.files {
      guard let first = Self.lines(before + "/" + file), let second = Self.lines(after + "/" + file) else {
        throw Difference(file: file, line: 0, detail: "it cannot be read")
      }
      for (place, (one, other)) in zip(first, second).enumerated() {
        lines += 1
        if let found = relation.difference(String(one), String(other)) {
          let member = found.path.isEmpty ? "" : "\(found.path): "
          throw Difference(
            file: file, line: place + 1,
            detail: "\(member)`\(found.before.prefix(300))` became `\(found.after.prefix(300))`")
        }
      }
      guard first.count == second.count else {
        throw Difference(
          file: file, line: min(first.count, second.count) + 1,
          detail: "one run has \(first.count) lines and the other \(second.count)")
      }
    }
  }

  private static func lines(_ path: String) -> [Substring]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { break }
      guard count > 0, bytes.count <= bytesMax else { return nil }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
  }
}
