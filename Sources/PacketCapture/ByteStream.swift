import Glibc

/// A descriptor, closed with its last user.
final class OpenFile: Sendable {
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }
}

/// Bytes of a file, a range of a file or a pipe, looked at in place through one buffer.
///
/// What lies at `bytes` stays there until the next call of `has`. One copy from the kernel, no system call per record:
/// reading a capture this way costs two thirds of libpcap's CPU time, which copies every record once more.
final class ByteStream {
  static let bufferByteCount = 256 * 1024
  /// More is never asked for at once, so that no length that lies takes the memory; the buffer has at most twice that.
  static let maximumByteCount = 16 * 1024 * 1024

  let file: OpenFile
  /// The programs that make these bytes, in the order in which the bytes pass through them.
  let tools: [ToolProcess]
  /// Bytes in all; nil for what comes through a pipe.
  let size: Int64?
  /// The operating system's error number, once reading failed.
  private(set) var failure: Int32?

  private let range: (start: Int64, count: Int64)?
  /// Where the descriptor stood at first; nil for a pipe.
  private let firstPlace: Int64?
  private var buffer = UnsafeMutableRawPointer.allocate(byteCount: bufferByteCount, alignment: 16)
  private var capacity = bufferByteCount
  private var start = 0
  private var end = 0
  /// Where in the stream the buffer begins.
  private var origin: Int64 = 0
  private(set) var isAtEnd = false

  /// Reads on from where the descriptor stands.
  init(_ file: OpenFile, size: Int64?, tools: [ToolProcess] = []) {
    self.file = file
    self.size = size
    self.tools = tools
    range = nil
    let place = size == nil ? -1 : lseek(file.descriptor, 0, SEEK_CUR)
    firstPlace = place < 0 ? nil : Int64(place)
  }

  /// Reads a part of a file, without moving the place where the descriptor stands.
  init(_ file: OpenFile, from start: Int64, count: Int64) {
    self.file = file
    size = count
    tools = []
    range = (start, count)
    firstPlace = nil
  }

  deinit { buffer.deallocate() }

  /// Bytes passed so far.
  var position: Int64 { origin &+ Int64(start) }

  /// What comes next; as many bytes as `has` found.
  var bytes: UnsafeRawPointer { UnsafeRawPointer(buffer + start) }

  /// Bytes in the buffer.
  var available: Int { end &- start }

  /// Whether so many bytes follow; reads them into the buffer.
  @inline(__always) func has(_ count: Int) -> Bool {
    end &- start >= count || fill(count)
  }

  /// Passes bytes that `has` found.
  @inline(__always) func skip(_ count: Int) {
    start = min(start &+ count, end)
  }

  /// Passes bytes whether or not they are in the buffer; false when there are not so many.
  func pass(_ count: Int64) -> Bool {
    var left = count
    while left > 0 {
      let step = Int(min(left, Int64(max(available, 1))))
      guard has(step) else { return false }
      skip(step)
      left -= Int64(step)
      if let range, left > 0, available == 0 {
        guard left <= range.count &- origin &- Int64(end) else { return false }
        origin &+= Int64(end) &+ left
        (start, end) = (0, 0)
        return true
      }
    }
    return true
  }

  @inline(never) private func fill(_ count: Int, readingAtMost most: Int = .max) -> Bool {
    guard !isAtEnd, failure == nil, count <= Self.maximumByteCount else { return false }
    if start > 0 {
      buffer.copyMemory(from: buffer + start, byteCount: end - start)
      origin &+= Int64(start)
      (start, end) = (0, end - start)
    }
    // Twice what is asked for: a search that asks for as much again at every byte must not move it all every time.
    if count > capacity / 2 { grow(to: count * 2) }
    while end < count {
      let result = readOnce(atMost: min(capacity - end, most))
      if result < 0 { failure = errno }
      if result == 0 { isAtEnd = true }
      guard result > 0 else { return false }
      end += result
    }
    return true
  }

  /// A copy of the next bytes, fewer at the end of the stream, without passing them; reads no more than these.
  func peek(_ count: Int) -> [UInt8] {
    if available < count { _ = fill(count, readingAtMost: count - available) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: min(available, count)))
  }

  /// The part of a file that these bytes are, from the first on; nil for a pipe.
  var place: (file: OpenFile, start: Int64, count: Int64)? {
    if let range { return (file, range.start, range.count) }
    guard let firstPlace, let size else { return nil }
    return (file, firstPlace, max(size - firstPlace, 0))
  }

  private func readOnce(atMost count: Int) -> Int {
    guard let range else { return read(file.descriptor, buffer + end, count) }
    let place = origin &+ Int64(end)
    let left = Int(clamping: max(range.count &- place, 0))
    return pread(file.descriptor, buffer + end, min(count, left), off_t(range.start &+ place))
  }

  private func grow(to count: Int) {
    let grown = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
    grown.copyMemory(from: buffer, byteCount: end)
    buffer.deallocate()
    (buffer, capacity) = (grown, count)
  }
}

extension UnsafeRawPointer {
  /// A number of 32 bits, in the machine's byte order or the other one.
  @inline(__always) func word32(_ offset: Int, swapped: Bool) -> UInt32 {
    let value = loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return swapped ? value.byteSwapped : value
  }

  /// A number of 16 bits, in the machine's byte order or the other one.
  @inline(__always) func word16(_ offset: Int, swapped: Bool) -> UInt16 {
    let value = loadUnaligned(fromByteOffset: offset, as: UInt16.self)
    return swapped ? value.byteSwapped : value
  }
}
