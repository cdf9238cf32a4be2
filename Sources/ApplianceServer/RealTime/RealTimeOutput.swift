public import ApplianceAPI
public import CDRStorage
import HardwareProfiles
import PBXModel
public import Primitives
import Reports
public import ServiceLifecycle
import Synchronization

/// Tells a receiver of every call's rows as they come; what it cannot take waits.
public final class RealTimeOutput: Service {
  private let queue: Mutex<RealTimeCDR>
  private let receiver: RealTimeReceiver
  private let format: CDRFormat
  private let layout: CDRLayout
  private let live: LiveAppliance
  private let wall: @Sendable () -> Instant
  /// Calls on the flash that are not this output's to tell.
  private let callsBefore: Int64

  /// How long it sleeps while nothing waits.
  private static let nap = Duration.milliseconds(50)

  /// - Parameters:
  ///   - format: XML or JSON (documented); a document of the API for each call (assumed).
  ///   - told: up to which call of those that are on the flash an earlier run told; nil where nobody was told.
  public init(
    of live: LiveAppliance, to receiver: RealTimeReceiver, format: CDRRequest.Format, faults: RealTimeCDR.Faults,
    told: Int64? = nil, wall: @escaping @Sendable () -> Instant
  ) throws(CDRStoreError) {
    let stored = try live.rows.storedRows()?.lastCall ?? 0
    // Of more than can wait the oldest are lost.
    let first = max(0, min(told ?? stored, stored), stored - Int64(RealTimeCDR.waitingMax))
    let waiting = try live.rows.calls(after: first, limit: RealTimeCDR.waitingMax)
    // Not `first`: the cleaner may have taken some in between.
    callsBefore = stored - Int64(waiting.count)
    queue = Mutex(RealTimeCDR(faults: faults))
    self.receiver = receiver
    self.live = live
    self.wall = wall
    layout = CDRLayout(live.profile.traits)
    self.format =
      switch format {
      case .csv: .csv
      case .xml: .xml
      case .json: .json
      }
    for session in waiting { add(session) }
    live.onRows { [weak self] session in self?.add(session) }
  }

  /// Up to which call, in the order of rows, all were told or lost.
  public var toldCalls: Int64 { callsBefore + Int64(queue.withLock { $0.toldUpTo }) }

  /// What came of it so far.
  public var counts: RealTimeCDR.Counts { queue.withLock { $0.counts } }

  private func add(_ session: CDRSession) {
    let bytes = CDRRendering.document(of: [session], as: format, layout: layout, in: live.site.timeZone)
    queue.withLock { $0.add(bytes) }
  }

  /// Tells until the group is told to stop; what waits then is not told by this run.
  public func run() async throws {
    let delivery = RealTimeDelivery(to: receiver, contentType: format == .xml ? "application/xml" : "application/json")
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        guard let record = self.queue.withLock({ $0.next(at: self.wall()) }) else {
          try? await Task.sleep(for: Self.nap)
          continue
        }
        do {
          try await delivery.deliver(record.bytes)
          self.queue.withLock { $0.delivered(record) }
        } catch {
          self.queue.withLock { $0.failed(at: self.wall()) }
        }
      }
      await delivery.close()
    }
  }
}
