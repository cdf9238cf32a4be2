import ArgumentParser
import ConfigurationFiles
import Foundation
import PBXModel
import PacketCapture
import Primitives
import Reports
import SIPCapture
import SimulationRuntime

/// The traces a command reads.
struct TraceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Trace files (pcap, pcapng), compressed or not, or tar bundles of them, merged by time; - for standard input.",
      valueName: "trace"))
  var traces: [String]

  @OptionGroup var reading: FrameOptions

  mutating func validate() throws {
    if traces.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input (-) can be given once only.")
    }
  }

  /// Reads the key log too, and complains of what is wrong with it.
  func scan() throws -> TraceScan { try reading.scan(of: traces.map { TraceSource(argument: $0) }) }

  /// A scan that can be run twice, for which the bytes of pipes are kept.
  func replayableScan() throws -> TraceScan {
    let sources: [TraceSource]
    do throws(PipeSpool.Failure) {
      sources = try PipeSpool.replayable(traces.map { TraceSource(argument: $0) })
    } catch {
      throw Complaint(error.description, error.isInterrupt ? .interrupted : .internalError)
    }
    return try reading.scan(of: sources)
  }
}

extension TraceScan {
  /// Reads the traces with a progress bar, and complains of what broke off after the end.
  func runForTerminal(
    readsHeadersAhead: Bool = true, message: (CapturedMessage) -> Bool
  ) throws -> TraceScan.Outcome {
    let bar = ProgressBar()
    defer { bar.finish() }
    do throws(TraceError) {
      return try run(
        readsHeadersAhead: readsHeadersAhead,
        progress: {
          bar.update($0)
          return !Interrupt.wasRequested
        }
      ) { captured in
        !Interrupt.wasRequested && message(captured)
      }
    } catch {
      throw error.complaint
    }
  }
}

extension TraceScan.Outcome {
  /// What a command says after its result: broken traces are unusable input, an interrupt is one.
  func complain() throws {
    for concern in AccountReport(account, traces: captureNames).concerns {
      StandardError.note("messages may be missing: \(concern)")
    }
    for notice in notices { StandardError.note(notice.description) }
    for failure in failures where !failure.isOfInterrupt { StandardError.note(failure.description) }
    if Interrupt.wasRequested { throw Complaint("interrupted; the result above is of the part read", .interrupted) }
    if !failures.isEmpty { throw Complaint("", .unusableInput) }
  }
}

extension TraceError {
  /// What is said of a trace that could not be opened; an interrupt while it was waited for is one.
  var complaint: Complaint {
    isOfInterrupt ? Complaint("interrupted before anything was read", .interrupted) : Complaint(description, exit)
  }

  /// Whether reading broke off because of an interrupt, which is no fault of the trace.
  var isOfInterrupt: Bool {
    guard case .readFailed = kind else { return false }
    return Interrupt.wasRequested
  }

  /// A bad filter and an interface that is not there are matters of usage; all else is one of the input.
  var exit: Exit {
    switch kind {
    case .badFilter, .noSuchInterface: .usage
    case .cannotOpen, .isDirectory, .empty, .notACapture, .unusableHeader, .unsupportedLinkType, .cutShort,
      .corruptRecord, .undecodable, .toolMissing, .unusableBundle, .readFailed, .standardInputTwice,
      .captureNotPermitted, .interfaceDown, .captureFailed:
      .unusableInput
    }
  }
}
