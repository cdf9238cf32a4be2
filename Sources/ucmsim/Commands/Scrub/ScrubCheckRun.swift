import Foundation
import PacketCapture
import Primitives
import SIPCapture
import Scrubbing
import SimulationRuntime

/// What `ucmsim scrub --check` does: finds what should not be committed, and changes nothing.
enum ScrubCheckRun {
  /// Findings told of one file; further ones are counted.
  private static let findingsMax = 100

  static func run(_ paths: [String]) throws {
    var count = 0
    var unusable = false
    for path in paths {
      do {
        let findings = try findings(in: path)
        count += findings.count
        StandardOutput.shared.append(
          findings.prefix(findingsMax).map { "\(path):\($0.place): \($0.what)\n" }.joined())
        if findings.count > findingsMax {
          StandardOutput.shared.append("\(path): and \(findings.count - findingsMax) more\n")
        }
      } catch let complaint as Complaint {
        StandardError.note(complaint.message)
        unusable = true
      }
    }
    try StandardOutput.shared.flush()
    if unusable { throw Complaint("", .unusableInput) }
    if count > 0 {
      throw Complaint("\(count) \(count == 1 ? "finding" : "findings"); see `ucmsim scrub --help`", .findings)
    }
  }

  private static func findings(in path: String) throws -> [(place: String, what: String)] {
    let isText = [".yaml", ".yml", ".json", ".jsonl", ".csv", ".txt", ".md", ".xml"].contains {
      path.lowercased().hasSuffix($0)
    }
    guard !isText else {
      return TextCheck.findings(in: try ConfigurationText.read(path)).map { ("\($0.line):\($0.column)", $0.what) }
    }
    var check = MessageCheck()
    var found: [(place: String, what: String)] = []
    let scan = TraceScan(sources: [TraceSource(argument: path)])
    do throws(TraceError) {
      let outcome = try scan.run { captured in
        for what in check.findings(in: captured.message, from: captured.source, to: captured.destination) {
          found.append(("frame \(captured.frame)", what))
        }
        return !Interrupt.wasRequested
      }
      if let failure = outcome.failures.first { throw failure }
    } catch { throw error.complaint }
    return found
  }
}
