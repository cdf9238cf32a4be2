import Foundation
import Testing

/// Files of the repository that tests read.
enum Fixtures {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A file with its name and text.
  struct File: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var testDescription: String { name }

    /// The text behind `# name: ` in the comment at the file's top.
    func comment(_ name: String) -> String? {
      text.split(separator: "\n").first { $0.hasPrefix("# \(name): ") }.map { String($0.dropFirst(name.count + 4)) }
    }
  }

  /// The files of a folder whose names end so, sorted by name; none when there is no such folder.
  static func files(in folder: String, ending: String) -> [File] {
    let url = root.appendingPathComponent(folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().compactMap { name in
      (try? String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)).map { File(name: name, text: $0) }
    }
  }
}
