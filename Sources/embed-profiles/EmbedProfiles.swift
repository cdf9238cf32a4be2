import Foundation

/// Writes a Swift file that holds every YAML file below a folder as a string, keyed by its path inside the folder.
///
/// Run by the build: `embed-profiles FOLDER OUTPUT.swift`.
@main
struct EmbedProfiles {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      FileHandle.standardError.write(Data("usage: embed-profiles FOLDER OUTPUT.swift\n".utf8))
      exit(2)
    }
    let folder = URL(fileURLWithPath: arguments[1], isDirectory: true)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    var source = "extension BuiltInProfiles {\n"
    source += "  /// Path inside `hardware-profiles/` and text of each file, sorted by path.\n"
    source += "  public static let files: [(path: String, text: String)] = [\n"
    for name in names {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      source += "    (\n      path: \"\(name)\",\n      text: ##\"\"\"\n\(text)\n\"\"\"##\n    ),\n"
    }
    source += "  ]\n}\n"
    try source.write(toFile: arguments[2], atomically: true, encoding: .utf8)
  }
}
