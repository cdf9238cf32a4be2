import ApplianceServer
import CDRStorage
import Dispatch
import Foundation
import HardwareProfiles
import SimulationRuntime

/// The model beside the one that is served: a replay of the same traces on a thread of its own.
final class OtherModel {
  let live: LiveAppliance
  let crm: ServedCRM
  let tandem = Tandem()
  let rows = RowPairing()
  private var options: Replay.Options

  /// - Parameters:
  ///   - simulation: what its replay depends on; its model is the other one.
  ///   - crm: makes of its options what the CRM pages are for it, given whether it asks the site file's CRM.
  init(
    _ simulation: SimulationOptions, _ command: ServeCommand, _ reading: TraceReading, _ pace: ReplayPace,
    _ folder: ServeFolder, _ crm: ServedCRM
  ) throws {
    let made = try simulation.replayOptions(
      try simulation.profile(), reading, input: command.traffic.input, site: command.site)
    self.crm = crm
    options = try crm.prepared(made)
    live = try command.makeLive(options, "cdr-beside", folder, pace, nil, .init(tandem, rows, .follower))
  }

  /// Begins a pass.
  ///
  /// - Parameters:
  ///   - change: how the CRM was changed last; nil for never.
  ///   - attends: whether it carries out orders after the traces' end.
  func begin(changedBy change: CRMChange?, attends: Bool) -> Pass {
    let pass = Pass(options: options.changed(by: change), live: live, tandem: tandem, attends: attends)
    let thread = Thread { pass.run() }
    thread.stackSize = 8 << 20
    thread.start()
    return pass
  }

  func restart() throws {
    options = try crm.preparedForNextPass(options)
    tandem.restart()
    rows.restart()
    do throws(CDRStoreError) { try live.restart() } catch { throw error.complaint }
  }

  /// One pass, handed over to its thread.
  struct Pass: @unchecked Sendable {
    fileprivate let options: Replay.Options
    fileprivate let live: LiveAppliance
    fileprivate let tandem: Tandem
    fileprivate let attends: Bool
    private let readAll = DispatchSemaphore(value: 0)
    private let over = DispatchSemaphore(value: 0)

    fileprivate init(options: Replay.Options, live: LiveAppliance, tandem: Tandem, attends: Bool) {
      self.options = options
      self.live = live
      self.tandem = tandem
      self.attends = attends
    }

    /// Waits for the traces' end.
    func waitForTraces() { readAll.wait() }

    /// Waits until the CRM was told that nothing more comes.
    func waitForEnd() { over.wait() }

    fileprivate func run() {
      defer { over.signal() }
      var replay = Replay(options, into: live, observer: live)
      do throws(Replay.Failure) { _ = try replay.run { _ in !live.pace.wasStopped } } catch {
        if !live.pace.wasStopped { StandardError.note("the model beside: \(error.description)") }
        tandem.close()
      }
      live.finish()
      readAll.signal()
      if attends, !live.pace.wasStopped {
        while let order = live.awaitOrder() { replay.attend(order) }
      }
      tandem.close()
      replay.finishTraffic()
      replay.crmTraffic.tell("the model beside: ")
    }
  }
}
