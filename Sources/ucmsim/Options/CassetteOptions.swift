import ArgumentParser
import Cassettes
import SimulationRuntime

/// CRM traffic that is recorded, played back or compared.
struct CassetteOptions: ParsableArguments {
  enum Mode: String, CaseIterable, ExpressibleByArgument {
    case record, replay, spy, diff
  }

  @Option(help: ArgumentHelp("File of recorded CRM traffic, without secrets.", valueName: "file"))
  var cassette: String?

  @Option(
    help: ArgumentHelp(
      "replay: answer from the cassette; record: write it anew; spy: add what it lacks; diff: compare live answers.",
      valueName: "mode"))
  var cassetteMode = Mode.replay

  @Option(
    help: ArgumentHelp(
      "What becomes of names and numbers on a new cassette: pseudonyms or keep.", valueName: "how"))
  var cassettePeople = People.pseudonyms

  enum People: String, CaseIterable, ExpressibleByArgument {
    case pseudonyms, keep

    var redaction: CassetteRedaction.People {
      switch self {
      case .pseudonyms: .pseudonyms
      case .keep: .keep
      }
    }
  }

  /// Whether answers come from a cassette alone.
  var isPlayback: Bool { cassette != nil && cassetteMode == .replay }

  /// The backend with the cassette around it, or in its place.
  ///
  /// - Parameter live: makes the backend that requests are passed on to; not called in playback.
  func around(_ live: () throws -> any CRMBackend) throws -> any CRMBackend {
    guard let cassette else { return try live() }
    switch cassetteMode {
    case .replay: return CassettePlayback(try read(cassette))
    case .diff: return CassetteDifference(try live(), against: try read(cassette))
    case .record: return try recorder(try live(), cassette, after: nil)
    case .spy: return try recorder(try live(), cassette, after: try readIfThere(cassette))
    }
  }

  private func recorder(
    _ live: any CRMBackend, _ path: String, after earlier: Cassette?
  ) throws -> any CRMBackend {
    do throws(RunDirectoryError) {
      return try CassetteRecorder(
        live, to: path, people: earlier?.people ?? cassettePeople.redaction, after: earlier)
    } catch { throw Complaint(error.description, .usage) }
  }

  private func readIfThere(_ path: String) throws -> Cassette? {
    do { return try read(path) } catch let error as Complaint {
      guard ResultFile.isThere(path) else { return nil }
      throw error
    }
  }

  private func read(_ path: String) throws -> Cassette {
    let bytes = try ConfigurationText.bytes(path, atMost: Cassette.bytesMax, taking: "a cassette")
    do throws(CassetteError) { return try Cassette(reading: bytes, path: path) } catch {
      throw Complaint(error.description, .unusableInput)
    }
  }
}
