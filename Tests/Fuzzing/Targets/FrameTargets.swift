import PacketFormats
import Primitives
import SIPCapture

/// The `DLT_*` values to choose from: those that are decoded, and some that are not.
private let linkTypes: [Int32] = [1, 113, 276, 12, 228, 229, 0, 108, 9, 50, 51, 101, 104, 147, 192, 195]

private func linkType(_ choice: UInt8) -> LinkType {
  LinkType(rawValue: linkTypes[Int(choice) % linkTypes.count])
}

/// One frame: its first byte chooses the link type. Whatever is found lies within the frame.
func readFrame(_ input: UnsafeRawBufferPointer) -> String? {
  guard let choice = input.first else { return nil }
  let frame = input.part(1, input.count)
  var payload: Range<Int>?
  let content = FrameDecoder.decode(frame, linkType: linkType(choice))
  if case .udp(let datagram) = content { payload = datagram.payload }
  if case .tcp(let segment) = content { payload = segment.payload }
  if let payload, payload.lowerBound < 0 || payload.upperBound > frame.count {
    return "a payload of \(payload) in a frame of \(frame.count) bytes"
  }
  var capture = Capture()
  capture.receive(frame, linkType: linkType(choice))
  return capture.finish()
}

/// A trace: a byte for the link type, then frames behind their length in two bytes.
func readPackets(_ input: UnsafeRawBufferPointer) -> String? {
  guard let choice = input.first else { return nil }
  var capture = Capture()
  var at = 1
  while at + 2 <= input.count {
    let length = Int(input[at]) << 8 | Int(input[at + 1])
    let frame = input.part(at + 2, at + 2 + length)
    capture.receive(frame, linkType: linkType(choice))
    at += 2 + frame.count
  }
  return capture.finish()
}
