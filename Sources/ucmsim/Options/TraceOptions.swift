import ArgumentParser
import ConfigurationFiles
import Foundation
import PBXModel
import PacketCapture
import Primitives
import SIPCapture
import SimulationRuntime

/// The traces a command reads.
struct TraceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Trace files (pcap, pcapng), compressed or not, or tar bundles of them, merged by time; - for standard input.",
      valueName: "trace"))
  var traces: [String]

  @Option(help: ArgumentHelp("Read only frames that match, in tcpdump's filter language.", valueName: "bpf"))
  var filter: String?

  mutating func validate() throws {
    if traces.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input (-) can be given once only.")
    }
  }

  var scan: TraceScan {
    TraceScan(sources: traces.map { TraceSource(argument: $0) }, filter: filter)
  }

  /// A scan that can be run twice, for which the bytes of pipes are kept.
  func replayableScan() throws -> TraceScan {
    do throws(PipeSpool.Failure) {
      return TraceScan(
        sources: try PipeSpool.replayable(traces.map { TraceSource(argument: $0) }), filter: filter)
    } catch {
      throw Complaint(error.description, error.isInterrupt ? .interrupted : .internalError)
    }
  }
}

extension TraceScan {
  /// Reads the traces with a progress bar, and complains of what broke off after the end.
  func runForTerminal(message: (CapturedMessage) -> Bool) throws -> TraceScan.Outcome {
    let bar = ProgressBar()
    defer { bar.finish() }
    do throws(TraceError) {
      return try run(progress: {
        bar.update($0)
        return !Interrupt.wasRequested
      }) { captured in
        !Interrupt.wasRequested && message(captured)
      }
    } catch {
      throw Complaint(error.description, error.exit)
    }
  }
}

extension TraceScan.Outcome {
  /// What a command says after its result: broken traces are unusable input, an interrupt is one.
  func complain() throws {
    for (diagnostic, entry) in account.diagnostics.sorted(by: { $0.key.name < $1.key.name })
    where diagnostic.mayHideMessages {
      StandardError.note(
        "messages may be missing: \(entry.count) \(diagnostic.name), first at frame \(entry.firstFrame)")
    }
    for notice in notices { StandardError.note(notice.description) }
    for failure in failures { StandardError.note(failure.description) }
    if Interrupt.wasRequested { throw Complaint("interrupted; the result above is of the part read", .interrupted) }
    if !failures.isEmpty { throw Complaint("", .unusableInput) }
  }
}

extension TraceError {
  /// A bad filter is a matter of usage; all else of the input.
  var exit: Exit {
    switch kind {
    case .badFilter: .usage
    case .cannotOpen, .isDirectory, .empty, .notACapture, .unusableHeader, .unsupportedLinkType, .cutShort,
      .corruptRecord, .undecodable, .toolMissing, .unusableBundle, .readFailed, .standardInputTwice:
      .unusableInput
    }
  }
}
