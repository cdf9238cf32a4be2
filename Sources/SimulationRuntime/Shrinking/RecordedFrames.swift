public import PacketCapture
import PacketFormats
import Primitives

/// All frames of some traces in memory, in the order of time.
public struct RecordedFrames: Sendable {
  /// Why traces could not be taken into memory.
  public enum Failure: Error, CustomStringConvertible {
    /// One of them cannot be opened.
    case trace(TraceError)
    /// There are more bytes of frames than that.
    case tooLong(bytesMax: Int)
    /// A frame's time is before 1970, which a new trace could not hold.
    case timeBefore1970(frame: Int)

    /// One line: what went wrong, and the remedy.
    public var description: String {
      switch self {
      case .trace(let error): error.description
      case .tooLong(let bytesMax):
        "the traces have more than \(bytesMax >> 20) MiB of frames, which is all that is kept in memory; leave media "
          + "and hours out first, as `tcpdump -r IN -w OUT port 5060` does"
      case .timeBefore1970(let frame):
        "frame \(frame) is of a time before 1970; set the trace's clock first, as `editcap -t SECONDS IN OUT` does"
      }
    }
  }

  /// Bytes of frames at most.
  public static let defaultBytesMax = 512 << 20
  /// What a frame costs beside its bytes.
  private static let frameBytes = 64

  /// In the order in which the traces are read as one.
  public private(set) var frames: [KeptFrame] = []
  /// Traces that broke off; what came before the break is here.
  public private(set) var failures: [TraceError] = []
  /// Key logs that the traces hold.
  public private(set) var secrets: [[UInt8]] = []
  private var linkTypes: [LinkType] = []

  /// Reads the traces to their end.
  public init(reading sources: [TraceSource], bytesMax: Int = RecordedFrames.defaultBytesMax) throws(Failure) {
    var bytes = 0
    do throws(TraceError) {
      var reader = try MergedTraceReader(sources)
      while bytes <= bytesMax, let frame = reader.next() {
        let kept = KeptFrame(frame)
        bytes += kept.bytes.count + Self.frameBytes
        if !linkTypes.contains(kept.linkType) { linkTypes.append(kept.linkType) }
        frames.append(kept)
        if reader.hasSecrets { secrets += reader.takeSecrets() }
      }
      failures = reader.failures
    } catch { throw .trace(error) }
    guard bytes <= bytesMax else { throw .tooLong(bytesMax: bytesMax) }
    if let early = frames.firstIndex(where: { $0.time.nanoseconds < 0 }) { throw .timeBefore1970(frame: early + 1) }
  }

  /// The trace that has some of the frames, by their places in `frames`; the same ones give the same bytes.
  public func document(of places: [Int]) -> PcapngDocument {
    var document = PcapngDocument(linkTypes: linkTypes, secrets: secrets)
    // Nothing is refused: link types and times were looked at before.
    for place in places where frames.indices.contains(place) { _ = document.append(frames[place]) }
    return document
  }
}
