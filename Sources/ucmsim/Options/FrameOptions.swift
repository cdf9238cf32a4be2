import ArgumentParser
import PacketCapture
import PacketFormats
import SIPCapture
import SimulationRuntime
import TLSDecryption

/// Which frames of a trace are read, and how.
struct FrameOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Read only frames that match, in tcpdump's filter language.", valueName: "bpf"))
  var filter: String?

  @Flag(
    help: ArgumentHelp(
      "Take packets recorded twice (a mirror of both directions, the device any) for packets of their own."))
  var keepDuplicates = false

  @Option(
    help: ArgumentHelp(
      "Read TLS with the secrets of this key log (as SSLKEYLOGFILE has it).", valueName: "file"))
  var keylog: String?

  /// Whether any of them was given.
  var isEmpty: Bool { filter == nil && !keepDuplicates && keylog == nil }

  private var duplicates: DuplicateFilter.Settings? { keepDuplicates ? nil : DuplicateFilter.Settings() }

  /// Reads the key log too, and complains of what is wrong with it.
  func scan(of sources: [TraceSource]) throws -> TraceScan {
    TraceScan(
      sources: sources, filter: filter, duplicates: duplicates,
      keyLog: try keylog.map { try KeyLogFile.read($0) } ?? TLSKeyLog(),
      cryptography: SwiftCryptography())
  }
}
