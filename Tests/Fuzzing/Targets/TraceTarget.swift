import Glibc
import PacketCapture
import Primitives

/// First bytes of gzip, Zstandard, xz, bzip2 and LZ4.
private let compressed: [[UInt8]] = [
  [0x1f, 0x8b], [0x28, 0xb5, 0x2f, 0xfd], [0xfd, 0x37, 0x7a, 0x58], Array("BZh".utf8), [0x04, 0x22, 0x4d, 0x18],
]

/// A trace file of whatever content: its frames are numbered in order, and after the end there is nothing more. An
/// archive is read as the captures in it, from a file or through a pipe.
///
/// Not a compressed one: unpacking those is other programs' work, and starting one takes a thousand times as long.
/// Members of an archive begin at multiples of 512 bytes.
func readTrace(_ input: UnsafeRawBufferPointer) -> String? {
  for start in stride(from: 0, to: max(1, input.count), by: 512) {
    let block = input.part(start, input.count)
    guard !compressed.contains(where: block.starts(with:)) else { return nil }
  }
  // Of two archives one comes through a pipe: its members are copied out.
  guard let file = input.count % 2 == 0 ? inMemory(input) : pipe(of: input) else { return nil }
  defer { close(file) }
  let source = TraceSource.file(path: "/proc/self/fd/\(file)")
  do throws(TraceError) {
    let reader = try TraceReader(source)
    if let law = readAll(of: input.count, { try? reader.next() }) { return law }
    guard try reader.next() == nil else { return "a frame behind the end" }
  } catch {
    if let law = lawOfErrors(error) { return law }
  }
  return readTogether(input)
}

private func readTogether(_ input: UnsafeRawBufferPointer) -> String? {
  guard let file = input.count % 2 == 0 ? inMemory(input) : pipe(of: input) else { return nil }
  defer { close(file) }
  do throws(TraceError) {
    var reader = try MergedTraceReader([.file(path: "/proc/self/fd/\(file)")])
    // Each capture has numbers of its own, which start with 1.
    var laws = FrameLaws(byteCount: input.count)
    while laws.broken == nil, reader.readSome(secrets: { _ in }, frame: { laws.hold(for: $0) }) {}
    if let law = laws.broken ?? laws.capture.finish() { return law }
    return reader.failures.lazy.compactMap(lawOfErrors).first
  } catch {
    return lawOfErrors(error)
  }
}

/// An error that cannot be told would be a find too.
private func lawOfErrors(_ error: TraceError) -> String? {
  error.description.isEmpty ? "an error without words" : nil
}

private func readAll(of byteCount: Int, _ next: () -> Frame?) -> String? {
  var laws = FrameLaws(byteCount: byteCount)
  while laws.broken == nil, let frame = next() { _ = laws.hold(for: frame) }
  return laws.broken ?? laws.capture.finish()
}

/// What holds for the frames of a file of so many bytes.
private struct FrameLaws {
  let byteCount: Int
  var broken: String?
  var capture = Capture()
  private var numbers: [Int: Int] = [:]

  init(byteCount: Int) { self.byteCount = byteCount }

  mutating func hold(for frame: Frame) -> Bool {
    let number = numbers[frame.file, default: 0]
    if frame.number <= number { broken = "frame \(frame.number) follows frame \(number)" }
    if frame.bytes.count > byteCount { broken = "a frame of \(frame.bytes.count) bytes in a file of \(byteCount)" }
    guard broken == nil else { return false }
    numbers[frame.file] = frame.number
    capture.receive(frame.bytes, linkType: frame.linkType)
    return true
  }
}

/// A file in memory, without a name as soon as it is open.
private func inMemory(_ input: UnsafeRawBufferPointer) -> CInt? {
  var path = Array("/dev/shm/ucmsim-trace-XXXXXX".utf8CString)
  let file = mkstemp(&path)
  guard file >= 0 else { return nil }
  unlink(path)
  guard write(file, input.baseAddress, input.count) == input.count else {
    close(file)
    return nil
  }
  return file
}

/// A pipe with the input in it and nobody who writes more; nil where it is too much for a pipe.
private func pipe(of input: UnsafeRawBufferPointer) -> CInt? {
  var ends: [CInt] = [-1, -1]
  guard input.count <= 32_768, Glibc.pipe(&ends) == 0 else { return nil }
  let written = write(ends[1], input.baseAddress, input.count)
  close(ends[1])
  guard written == input.count else {
    close(ends[0])
    return nil
  }
  return ends[0]
}
