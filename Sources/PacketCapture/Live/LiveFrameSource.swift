public import Primitives

/// Where frames come from as they happen, rather than from a file.
///
/// For one thread at a time. A source without an interface stands in for one in tests.
public protocol LiveFrameSource: AnyObject {
  /// As errors and summaries name it.
  var name: String { get }

  /// Hands over what has come; where that is nothing, waits for the first frame, but no longer than `wait`.
  ///
  /// - Parameter frame: takes a frame, valid during that call.
  /// - Returns: whether nothing is left that had come when the call began: false after a bounded number of frames, so
  ///   that traffic without a pause does not keep the caller from everything else.
  /// - Throws: where nothing more will come.
  func read(waiting wait: Instant.Span, frame: (Frame) -> Void) throws(TraceError) -> Bool

  /// What was lost so far.
  var losses: CaptureLosses { get }

  /// Whether the interface is up; while it is not, nothing comes.
  var isUp: Bool { get }
}

/// Packets that passed an interface and were not handed over.
public struct CaptureLosses: Hashable, Sendable {
  /// Dropped because the buffer was full: whoever reads is too slow, or the buffer too small.
  public var byBuffer = 0
  /// Dropped by the interface or its driver, as far as it tells.
  public var byInterface = 0

  /// None.
  public init() {}
}
