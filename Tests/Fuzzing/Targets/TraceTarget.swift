import Glibc
import PacketCapture
import Primitives

/// First bytes of gzip, Zstandard, xz, bzip2 and LZ4.
private let compressed: [[UInt8]] = [
  [0x1f, 0x8b], [0x28, 0xb5, 0x2f, 0xfd], [0xfd, 0x37, 0x7a, 0x58], Array("BZh".utf8), [0x04, 0x22, 0x4d, 0x18],
]

/// A trace file of whatever content: its frames are numbered in order, and after the end there is nothing more.
///
/// Not a compressed one: unpacking those is other programs' work, and starting one takes a thousand times as long.
func readTrace(_ input: UnsafeRawBufferPointer) -> String? {
  guard !compressed.contains(where: input.starts(with:)) else { return nil }
  // In memory, and without a name as soon as it is open.
  var path = Array("/dev/shm/ucmsim-trace-XXXXXX".utf8CString)
  let file = mkstemp(&path)
  guard file >= 0 else { return "no file can be made in /dev/shm" }
  unlink(path)
  defer { close(file) }
  guard write(file, input.baseAddress, input.count) == input.count else { return nil }
  do throws(TraceError) {
    let reader = try TraceReader(.file(path: "/proc/self/fd/\(file)"))
    if let law = readAll(reader, of: input.count) { return law }
    return try reader.next() == nil ? nil : "a frame behind the end"
  } catch {
    // An error that cannot be told would be a find too.
    return error.description.isEmpty ? "an error without words" : nil
  }
}

private func readAll(_ reader: TraceReader, of byteCount: Int) -> String? {
  var capture = Capture()
  var number = 0
  while let frame = try? reader.next() {
    guard frame.number > number else { return "frame \(frame.number) follows frame \(number)" }
    guard frame.bytes.count <= byteCount else {
      return "a frame of \(frame.bytes.count) bytes in a file of \(byteCount)"
    }
    number = frame.number
    capture.receive(frame.bytes, linkType: frame.linkType)
  }
  return capture.finish()
}
