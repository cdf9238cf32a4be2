import Foundation

/// Runs the built `ucmsim` as a user would.
struct Program {
  struct Result {
    let status: Int32
    let out: String
    let err: String
    var lines: [Substring] { out.split(separator: "\n") }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func fixture(_ name: String) -> String { root.appending(path: "fixtures/traces/\(name)/trace.pcap").path }
  static let site = root.appending(path: "fixtures/sites/loopback-office.yaml").path

  /// The program beside the test bundle, wherever that was built.
  private static var executable: URL {
    let arguments = CommandLine.arguments
    if let flag = arguments.firstIndex(of: "--test-bundle-path"), flag + 1 < arguments.count {
      return URL(filePath: arguments[flag + 1]).deletingLastPathComponent().appending(path: "ucmsim")
    }
    return URL(filePath: arguments[0]).deletingLastPathComponent().appending(path: "ucmsim")
  }

  /// - Parameter input: what standard input holds; nothing for nil.
  static func run(_ arguments: [String], input: Data? = nil) throws -> Result {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "TZ": "Pacific/Auckland", "LC_ALL": "C"]
    // Files instead of pipes: no output is too long for them.
    let (out, err) = (try folder.handle("out"), try folder.handle("err"))
    process.standardOutput = out
    process.standardError = err
    let standardInput = folder.path("in")
    try (input ?? Data()).write(to: URL(filePath: standardInput))
    process.standardInput = FileHandle(forReadingAtPath: standardInput)
    try process.run()
    process.waitUntilExit()
    return Result(status: process.terminationStatus, out: try folder.text("out"), err: try folder.text("err"))
  }
}

/// A folder that goes when the test is over.
final class TemporaryFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "ucmsim-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ name: String, _ data: Data) throws -> String {
    try data.write(to: url.appending(path: name))
    return path(name)
  }

  func handle(_ name: String) throws -> FileHandle {
    _ = try write(name, Data())
    return try FileHandle(forWritingTo: url.appending(path: name))
  }

  func data(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

  func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }
}
