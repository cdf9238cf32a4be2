import ApplianceServer
import CDRStorage
import Dispatch
import Foundation
import HardwareProfiles
import SimulationRuntime

/// The model beside the one that is served: a replay of the same traces on a thread of its own.
final class OtherModel {
  let live: LiveAppliance
  let tandem = Tandem()
  let rows = RowPairing()
  private let options: Replay.Options

  init(
    _ name: String, _ command: ServeCommand, _ reading: TraceReading, _ pace: ReplayPace, _ folder: ServeFolder
  ) throws {
    let profile = try Profiles.model(
      name, firmware: command.simulation.firmware, directory: command.simulation.profiles.folder)
    options = try command.simulation.replayOptions(profile, reading, input: command.traffic.input, site: command.site)
    live = try command.makeLive(options, "cdr-beside", folder, pace, nil, .init(tandem, rows, .follower))
  }

  /// Begins a pass; what is returned is signalled at its end.
  func begin() -> DispatchSemaphore {
    let done = DispatchSemaphore(value: 0)
    let pass = Pass(options: options, live: live)
    let thread = Thread {
      pass.run()
      done.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
    return done
  }

  func restart() throws(CDRStoreError) {
    tandem.restart()
    rows.restart()
    try live.restart()
  }

  /// One pass, handed over to its thread.
  private struct Pass: @unchecked Sendable {
    let options: Replay.Options
    let live: LiveAppliance

    func run() {
      var replay = Replay(options, into: live, observer: live)
      do throws(Replay.Failure) { _ = try replay.run { _ in !live.pace.wasStopped } } catch {
        if !live.pace.wasStopped { StandardError.note("the model beside: \(error.description)") }
      }
      live.finish()
    }
  }
}
