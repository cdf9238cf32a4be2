import Foundation

/// Compresses bytes with the programs that `scripts/install-dependencies` installs.
public enum Compressor: String, CaseIterable, Sendable {
  case gzip, zstd, xz, bzip2, lz4

  /// The reason for which tests of compressed traces are left out.
  public static let missing = "gzip, zstd, xz, bzip2 and lz4 are needed; scripts/install-dependencies installs them."

  /// Whether all programs are there.
  public static let areInstalled = allCases.allSatisfy { $0.program != nil }

  /// The bytes as the program's standard output has them.
  public func compress(_ bytes: [UInt8]) throws -> [UInt8] {
    let folder = try TemporaryDirectory()
    let process = Process()
    process.executableURL = program
    process.arguments = ["-c"]
    process.standardInput = FileHandle(forReadingAtPath: try folder.write(bytes, to: "in"))
    process.standardOutput = FileHandle(forWritingAtPath: try folder.write([], to: "out"))
    try process.run()
    process.waitUntilExit()
    return Array(try folder.data("out"))
  }

  private var program: URL? {
    ["/usr/bin", "/bin", "/usr/local/bin"].map { URL(filePath: $0).appending(path: rawValue) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
