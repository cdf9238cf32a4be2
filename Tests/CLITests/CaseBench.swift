import Foundation
import TestSupport

/// A folder of cases of one's own, with a trace in it.
struct CaseBench {
  let folder: TemporaryDirectory

  init(trace: String = "busy") throws {
    folder = try TemporaryDirectory()
    try copy(Program.fixture(trace), to: "trace.pcap")
    try copy(Program.site, to: "site.yaml")
  }

  func copy(_ path: String, to name: String) throws {
    try folder.write(try Data(contentsOf: URL(filePath: path)), to: name)
  }

  /// Writes `NAME/case.yaml`; the trace and site lie one folder above.
  func write(_ name: String, _ text: String, head: String = CaseBench.head) throws {
    let path = folder.path(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data((head + text).utf8).write(to: URL(filePath: path + "/case.yaml"))
  }

  static let head = "traces: [../trace.pcap]\nsite: ../site.yaml\nmodel: UCM6304\n"

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path(name), encoding: .utf8)
  }

  func run(_ arguments: String..., cases: String = "") throws -> Program.Result {
    try Program.run(["test", folder.path(cases)] + arguments)
  }
}
