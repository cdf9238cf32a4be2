/// The frame that brought something, where that has to be told later.
public struct CapturePlace: Hashable, Sendable {
  /// Index of the trace among those read together.
  public let file: Int
  /// Number of the frame in that trace, from 1.
  public let frame: Int

  /// Takes both as they are.
  public init(file: Int = 0, frame: Int) {
    self.file = file
    self.frame = frame
  }
}
