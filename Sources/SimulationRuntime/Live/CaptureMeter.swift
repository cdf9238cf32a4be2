public import PacketCapture
import Synchronization

/// How listening on an interface goes; written by the thread that listens, read by any.
public final class CaptureMeter: Sendable {
  /// Counts since listening began.
  public struct Figures: Hashable, Sendable {
    /// Frames handed over.
    public var frames = 0
    /// Their captured bytes.
    public var bytes = 0
    /// SIP messages in them.
    public var messages = 0
    /// Dropped because the kernel's buffer was full.
    public var droppedByBuffer = 0
    /// Dropped by the interface or its driver.
    public var droppedByInterface = 0
    /// Whether the interface is up.
    public var isUp = true

    /// Nothing came.
    public init() {}
  }

  private let kept = Mutex(Figures())

  /// Nothing came.
  public init() {}

  /// As of a moment ago.
  public var figures: Figures { kept.withLock { $0 } }

  func set(_ figures: Figures) { kept.withLock { $0 = figures } }
}

/// What whoever runs a capture should know at once.
public enum CaptureRemark: Hashable, Sendable {
  /// Packets were lost, for the first time or after some time without.
  case losing(CaptureLosses)
  /// The interface is down; it is waited for.
  case down
  /// It is up again.
  case up
}

extension CaptureRemark: CustomStringConvertible {
  /// What happened, behind the interface's name.
  public var description: String {
    switch self {
    case .losing(let losses) where losses.byBuffer > 0:
      "\(losses.byBuffer) packets were dropped so far because the buffer was full; "
        + "listen with a filter or a larger buffer"
    case .losing(let losses): "\(losses.byInterface) packets were dropped so far by the interface"
    case .down: "the interface is down; waiting for it"
    case .up: "the interface is up again"
    }
  }
}
