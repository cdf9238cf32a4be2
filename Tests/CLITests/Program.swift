import TestSupport
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

  static var path: String { executable.path }

  /// A program that goes on until it is told to stop.
  final class Running {
    let folder: TemporaryDirectory
    private let process: Process
    private let pipe: Pipe

    fileprivate init(_ process: Process, _ pipe: Pipe, _ folder: TemporaryDirectory) {
      self.process = process
      self.pipe = pipe
      self.folder = folder
    }

    deinit { if process.isRunning { process.terminate() } }

    /// The number of its process.
    var pid: Int32 { process.processIdentifier }

    /// Sends `signal` and does not wait.
    func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end.
    func end() -> Int32 {
      process.waitUntilExit()
      return process.terminationStatus
    }

    /// Sends `signal` and waits for the end.
    func stop(with signal: Int32 = SIGTERM) -> Int32 {
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      return process.terminationStatus
    }

    /// What was printed until `isEnough`, or until the end.
    func output(waitingFor isEnough: (String) -> Bool) -> String {
      var text = ""
      while !isEnough(text) {
        let piece = pipe.fileHandleForReading.availableData
        if piece.isEmpty { break }
        text += String(decoding: piece, as: UTF8.self)
      }
      return text
    }
  }

  /// Starts the program and does not wait for it.
  static func start(_ arguments: [String]) throws -> Running {
    let folder = try TemporaryDirectory()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "TZ": "Pacific/Auckland", "LC_ALL": "C"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = try folder.handle("err")
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return Running(process, pipe, folder)
  }

  /// - Parameter input: what standard input holds; nothing for nil.
  /// - Parameter path: where the program finds others.
  static func run(_ arguments: [String], input: Data? = nil, path: String = "/usr/bin:/bin") throws -> Result {
    let folder = try TemporaryDirectory()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ["PATH": path, "TZ": "Pacific/Auckland", "LC_ALL": "C"]
    // Files instead of pipes: no output is too long for them.
    let (out, err) = (try folder.handle("out"), try folder.handle("err"))
    process.standardOutput = out
    process.standardError = err
    let standardInput = try folder.write(input ?? Data(), to: "in")
    process.standardInput = FileHandle(forReadingAtPath: standardInput)
    try process.run()
    process.waitUntilExit()
    return Result(status: process.terminationStatus, out: try folder.text("out"), err: try folder.text("err"))
  }
}

extension TemporaryDirectory {
  fileprivate func handle(_ name: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(filePath: try write([], to: name)))
  }
}
