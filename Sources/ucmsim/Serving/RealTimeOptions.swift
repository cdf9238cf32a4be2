import ApplianceAPI
import ApplianceServer
import ArgumentParser
import CDRStorage
import Primitives

/// The real-time output of CDRs: to whom, how, and what goes wrong on purpose.
struct RealTimeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Tell every call's rows there once they are written: tcp://host:port, http://host[:port]/path or https.",
      valueName: "url"),
    transform: RealTimeOptions.receiver)
  var realTime: RealTimeReceiver?

  @Option(
    help: ArgumentHelp("Notation of what is told: json or xml.", valueName: "word"),
    transform: { try APIUserOptions.word($0) as CDRRequest.Format })
  var realTimeFormat = CDRRequest.Format.json

  @Option(help: ArgumentHelp("User of an http(s) receiver.", valueName: "name"))
  var realTimeUser: String?

  @Option(help: ArgumentHelp("File whose first line is that user's password.", valueName: "file"))
  var realTimePasswordFile: String?

  @Option(help: ArgumentHelp("Certificates of an https receiver to trust (PEM).", valueName: "file"))
  var realTimeCA: String?

  @Option(help: ArgumentHelp("Tell each n-th record twice.", valueName: "n"))
  var realTimeDuplicates = 0

  @Option(help: ArgumentHelp("Tell each n-th record after the one behind it.", valueName: "n"))
  var realTimeSwaps = 0

  static func receiver(_ url: String) throws -> RealTimeReceiver {
    guard let receiver = RealTimeReceiver(url) else {
      throw ValidationError(
        "'\(url)' is no receiver; write tcp://192.0.2.1:5000, http://host:port/path or https://host.")
    }
    return receiver
  }

  mutating func validate() throws {
    guard [realTimeDuplicates, realTimeSwaps].allSatisfy((0...1_000_000).contains) else {
      throw ValidationError("--real-time-duplicates and --real-time-swaps take 0 to 1000000.")
    }
    guard (realTimeUser == nil) == (realTimePasswordFile == nil) else {
      throw ValidationError("--real-time-user and --real-time-password-file belong together.")
    }
    guard realTimeUser == nil || realTime.map({ $0.method != .tcp }) ?? false else {
      throw ValidationError("A user is for an http(s) receiver alone.")
    }
    guard realTimeFormat != .csv else { throw ValidationError("--real-time-format takes json or xml.") }
  }

  /// nil where nobody is told.
  ///
  /// - Parameter told: as `KeptState.toldCalls` has it.
  func output(of live: LiveAppliance, told: Int64?) throws -> RealTimeOutput? {
    guard var receiver = realTime else { return nil }
    if let realTimeUser, let realTimePasswordFile {
      receiver.user = (realTimeUser, try PasswordFile.read(realTimePasswordFile))
    }
    receiver.trustedCertificates = try realTimeCA.map { try ConfigurationText.read($0) }
    var faults = RealTimeCDR.Faults()
    faults.duplicatesEvery = realTimeDuplicates
    faults.swapsEvery = realTimeSwaps
    do throws(CDRStoreError) {
      return try RealTimeOutput(
        of: live, to: receiver, format: realTimeFormat, faults: faults, told: told, wall: { WallTime.monotonic })
    } catch { throw error.complaint }
  }
}
