import PacketFormats
import Primitives

/// Reads several traces as one, by the time of their frames.
///
/// Frames of the same time come in the order of the traces; the captures in a bundle stand at its place, in its order.
/// A clock that steps back within one trace is passed through: the frames of one trace keep their order. A trace that
/// can't be opened fails the whole reader, before anything was computed; one that breaks off later ends there, with its
/// error in `failures`, and the others go on.
public struct MergedTraceReader {
  /// Captures beyond so many are closed again until the time of their first frame has come, if they can be read twice.
  public static let openCaptureCount = 32

  /// Traces that broke off so far, in the order in which that happened.
  public private(set) var failures: [TraceError] = []
  /// Key logs (text as in `SSLKEYLOGFILE`) that nobody has taken.
  private var secrets: [[UInt8]] = []
  private let filter: String?
  private var slots: [Slot] = []
  private var bundleNotices: [TraceNotice] = []
  /// A binary heap of the next frame of each trace, the earliest first.
  private var heads: [Frame] = []
  /// The trace of the frame handed out last, whose reader has to wait until that frame is done with.
  private var lastReader: Int?
  private var isStarted = false
  /// The reader of a single trace, which needs no heap.
  private var only: TraceReader?

  /// One capture among the merged ones.
  private struct Slot {
    let origin: CaptureOrigin
    let size: Int64?
    /// nil while it waits for its time, and after its end.
    var reader: TraceReader?
    /// The time of the first frame, of a capture that was closed again.
    var waitsUntil: Instant?
    /// What an ended reader left.
    var notices: [TraceNotice] = []
  }

  /// Opens all traces; throws the first error met.
  /// - Parameter filter: in the syntax of `man pcap-filter`, for all traces.
  public init(_ sources: [TraceSource], filter: String? = nil) throws(TraceError) {
    guard sources.count(where: { $0 == .standardInput }) <= 1 else {
      throw TraceError(file: TraceSource.standardInput.description, kind: .standardInputTwice)
    }
    self.filter = filter
    for source in sources {
      let origin = CaptureOrigin.source(source)
      switch try TraceContents.open(origin) {
      case .capture(let stream): try add(origin, stream)
      case .bundle(let bundle): try add(bundle, named: origin.name)
      }
    }
    if slots.count == 1 { only = slots.first?.reader }
  }

  /// The names of the captures, at the index that `Frame.file` gives; those in a bundle have one each.
  public var names: [String] { slots.map(\.origin.name) }

  /// What reading went past so far, in the order of the traces.
  public var notices: [TraceNotice] { bundleNotices + slots.flatMap { $0.reader?.notices ?? $0.notices } }

  /// Bytes over all traces; nil where one of them is a pipe or compressed.
  public var size: Int64? { sum(\.size) }

  /// Bytes read over all traces; nil where one of them is a pipe or compressed.
  public var position: Int64? {
    sum { $0.reader.map(\.position) ?? ($0.waitsUntil == nil ? $0.size : 0) }
  }

  /// Whether there are key logs that nobody has taken.
  public var hasSecrets: Bool { !secrets.isEmpty }

  /// Gives away the key logs read so far.
  public mutating func takeSecrets() -> [[UInt8]] {
    defer { secrets = [] }
    return secrets
  }

  /// Hands over the next frames: of a single trace as many as are in memory already, of several one.
  ///
  /// - Parameters:
  ///   - secrets: takes a key log (text as in `SSLKEYLOGFILE`) that stands in front of the next frame.
  ///   - frame: takes a frame, valid during that call, and returns false to have no more.
  /// - Returns: false when every trace has ended or broken off. Look at `failures` then.
  public mutating func readSome(secrets: ([UInt8]) -> Void, frame: (Frame) -> Bool) -> Bool {
    if let only, only.readBuffered(frame) { return true }
    guard let following = next() else { return false }
    if hasSecrets { for log in takeSecrets() { secrets(log) } }
    _ = frame(following)
    return true
  }

  /// The next frame of all; nil when every trace has ended or broken off. Look at `failures` then.
  public mutating func next() -> Frame? {
    if let only {
      do throws(TraceError) {
        if let frame = try only.next() {
          if only.hasSecrets { secrets += only.takeSecrets() }
          return frame
        }
      } catch { failures.append(error) }
      self.only = nil
    }
    if !isStarted {
      isStarted = true
      for index in slots.indices {
        if let frame = placeholder(index) ?? advance(index) { insert(frame) }
      }
    } else if let lastReader {
      if let frame = advance(lastReader) { replaceFirst(frame) } else { removeFirst() }
    }
    while let first = heads.first, slots[first.file].waitsUntil != nil {
      wake(first.file)
      if let frame = advance(first.file) { replaceFirst(frame) } else { removeFirst() }
    }
    lastReader = heads.first?.file
    return heads.first
  }
}

extension MergedTraceReader {
  private mutating func add(_ origin: CaptureOrigin, _ stream: ByteStream) throws(TraceError) {
    let reader = try TraceReader(origin, stream, filter: filter)
    var slot = Slot(origin: origin, size: reader.size)
    if slots.count < Self.openCaptureCount || !origin.canBeReadTwice {
      slot.reader = reader
    } else {
      do throws(TraceError) { slot.waitsUntil = try reader.next()?.time } catch { failures.append(error) }
      if slot.waitsUntil == nil { slot.notices = reader.notices }
    }
    slots.append(slot)
  }

  private mutating func add(_ bundle: Bundle, named name: String) throws(TraceError) {
    var notices = bundle.notices
    let slotsBefore = slots.count
    for origin in bundle.captures {
      let contents: TraceContents
      do throws(TraceError) {
        contents = try TraceContents.open(origin)
      } catch {
        // What looked compressed may hold anything.
        guard case .notACapture = error.kind else { throw error }
        notices.add(.otherMembers, in: name, detail: origin.name)
        continue
      }
      switch contents {
      case .capture(let stream): try add(origin, stream)
      case .bundle: notices.add(.otherMembers, in: name, detail: origin.name)
      }
    }
    guard slots.count > slotsBefore else {
      throw TraceError(file: name, kind: .unusableBundle(reason: "no capture is in it"))
    }
    if let failure = bundle.failure { failures.append(failure) }
    bundleNotices += notices.all
  }

  private func sum(_ value: (Slot) -> Int64?) -> Int64? {
    var total: Int64 = 0
    for slot in slots {
      guard let bytes = value(slot) else { return nil }
      total &+= bytes
    }
    return total
  }

  /// What stands in the heap for the first frame of a capture that was closed again.
  private func placeholder(_ index: Int) -> Frame? {
    slots[index].waitsUntil.map { time in
      Frame(
        number: 0, file: index, time: time, linkType: .ethernet, bytes: UnsafeRawBufferPointer(start: nil, count: 0),
        originalLength: 0)
    }
  }

  /// Opens a capture whose time has come.
  private mutating func wake(_ index: Int) {
    slots[index].waitsUntil = nil
    let origin = slots[index].origin
    do throws(TraceError) {
      guard case .capture(let stream) = try TraceContents.open(origin) else { return }
      slots[index].reader = try TraceReader(origin, stream, filter: filter)
    } catch { failures.append(error) }
  }

  private mutating func advance(_ index: Int) -> Frame? {
    guard let reader = slots[index].reader else { return nil }
    do throws(TraceError) {
      if var frame = try reader.next() {
        if reader.hasSecrets { secrets += reader.takeSecrets() }
        frame.file = index
        return frame
      }
    } catch {
      failures.append(error)
    }
    if reader.hasSecrets { secrets += reader.takeSecrets() }
    slots[index].notices = reader.notices
    slots[index].reader = nil
    return nil
  }

  private static func precedes(_ left: Frame, _ right: Frame) -> Bool {
    (left.time.nanoseconds, left.file) < (right.time.nanoseconds, right.file)
  }

  private mutating func insert(_ frame: Frame) {
    var index = heads.count
    heads.append(frame)
    while index > 0, Self.precedes(frame, heads[(index - 1) / 2]) {
      heads.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  private mutating func removeFirst() {
    guard let last = heads.popLast(), !heads.isEmpty else { return }
    replaceFirst(last)
  }

  private mutating func replaceFirst(_ frame: Frame) {
    heads[0] = frame
    var index = 0
    while true {
      let left = index * 2 + 1
      guard left < heads.count else { return }
      let right = left + 1
      let child = right < heads.count && Self.precedes(heads[right], heads[left]) ? right : left
      guard Self.precedes(heads[child], heads[index]) else { return }
      heads.swapAt(index, child)
      index = child
    }
  }
}
