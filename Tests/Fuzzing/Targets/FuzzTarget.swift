/// A way into the program for any bytes, with the laws that hold whatever they are.
///
/// The driver of `scripts/fuzz` and the tests over `fixtures/corpus` run the same targets. To add one: a file beside
/// this with its function, a member of `all`, a folder of seeds in `fixtures/corpus`.
public struct FuzzTarget: Sendable {
  /// Also the name of its folder in `fixtures/corpus`.
  public let name: String
  /// Longest file its corpus may have: what is slow to run is seldom run.
  public let inputBytesMax: Int
  /// Reads one input; the law that was broken, or nil.
  public let run: @Sendable (UnsafeRawBufferPointer) -> String?

  /// All of them, in the order in which `scripts/fuzz --ci` runs them.
  public static let all = [
    FuzzTarget(name: "frame", inputBytesMax: 1024, run: readFrame),
    FuzzTarget(name: "packets", inputBytesMax: 8192, run: readPackets),
    FuzzTarget(name: "stream", inputBytesMax: 4096, run: readStream),
    FuzzTarget(name: "framing", inputBytesMax: 4096, run: findBorders),
    FuzzTarget(name: "message", inputBytesMax: 2048, run: readMessage),
    FuzzTarget(name: "body", inputBytesMax: 2048, run: readBody),
    FuzzTarget(name: "trace", inputBytesMax: 4096, run: readTrace),
    FuzzTarget(name: "scrub", inputBytesMax: 2048, run: scrubMessage),
  ]

  /// The target of that name.
  public static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

extension UnsafeRawBufferPointer {
  /// The part from `low` up to `high`, both cut to what is there.
  func part(_ low: Int, _ high: Int) -> UnsafeRawBufferPointer {
    let first = Swift.min(Swift.max(low, 0), count)
    return UnsafeRawBufferPointer(rebasing: self[first..<Swift.min(Swift.max(high, first), count)])
  }

  /// Whether `view` lies within these bytes; an empty one lies anywhere.
  func contains(_ view: UnsafeRawBufferPointer) -> Bool {
    guard let start = view.baseAddress, !view.isEmpty else { return true }
    guard let base = baseAddress else { return false }
    return start >= base && start + view.count <= base + count
  }
}
