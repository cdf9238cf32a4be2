public import ApplianceAPI
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

  /// How long it sleeps while nothing waits.
  private static let nap = Duration.milliseconds(50)

  /// - Parameter format: XML or JSON (documented); a document of the API for each call (assumed).
  public init(
    of live: LiveAppliance, to receiver: RealTimeReceiver, format: CDRRequest.Format, faults: RealTimeCDR.Faults,
    wall: @escaping @Sendable () -> Instant
  ) {
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
    live.onRows { [weak self] session in self?.add(session) }
  }

  /// What came of it so far.
  public var counts: RealTimeCDR.Counts { queue.withLock { $0.counts } }

  private func add(_ session: CDRSession) {
    let bytes = CDRRendering.document(of: [session], as: format, layout: layout, in: live.site.timeZone)
    queue.withLock { $0.add(bytes) }
  }

  /// Tells until the group is told to stop; what waits then is not told.
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
