import Primitives

/// Reads several traces as one, by the time of their frames.
///
/// Frames of the same time come in the order of the traces. A clock that steps back within one trace is passed
/// through: the frames of one trace keep their order. A trace that can't be opened fails the whole reader, before
/// anything was computed; one that breaks off later ends there, with its error in `failures`, and the others go on.
public struct MergedTraceReader {
  /// Traces that broke off so far, in the order in which that happened.
  public private(set) var failures: [TraceError] = []
  private let readers: [TraceReader]
  /// A binary heap of the next frame of each trace, the earliest first.
  private var heads: [Frame] = []
  /// The trace of the frame handed out last, whose reader has to wait until that frame is done with.
  private var lastReader: Int?
  private var isStarted = false

  /// Opens all traces; throws the first error met.
  /// - Parameter filter: in the syntax of `man pcap-filter`, for all traces.
  public init(_ sources: [TraceSource], filter: String? = nil) throws(TraceError) {
    guard sources.count(where: { $0 == .standardInput }) <= 1 else {
      throw TraceError(file: TraceSource.standardInput.description, kind: .standardInputTwice)
    }
    readers = try sources.map { source throws(TraceError) in try TraceReader(source, filter: filter) }
  }

  /// The traces, at the index that `Frame.file` gives.
  public var sources: [TraceSource] { readers.map(\.source) }

  /// Bytes over all traces; nil where one of them is a pipe.
  public var size: Int64? { sum(\.size) }

  /// Bytes read over all traces; nil where one of them is a pipe.
  public var position: Int64? { sum(\.position) }

  /// The next frame of all; nil when every trace has ended or broken off. Look at `failures` then.
  public mutating func next() -> Frame? {
    if !isStarted {
      isStarted = true
      for index in readers.indices {
        if let frame = advance(index) { insert(frame) }
      }
    } else if let lastReader {
      if let frame = advance(lastReader) { replaceFirst(frame) } else { removeFirst() }
    }
    lastReader = heads.first?.file
    return heads.first
  }
}

extension MergedTraceReader {
  private func sum(_ value: (TraceReader) -> Int64?) -> Int64? {
    var total: Int64 = 0
    for reader in readers {
      guard let bytes = value(reader) else { return nil }
      total &+= bytes
    }
    return total
  }

  private mutating func advance(_ index: Int) -> Frame? {
    do throws(TraceError) {
      guard var frame = try readers[index].next() else { return nil }
      frame.file = index
      return frame
    } catch {
      failures.append(error)
      return nil
    }
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
