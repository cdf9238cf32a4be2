import PacketFormats
import Primitives
import SIPCapture

/// The `DLT_*` values to choose from: those that are decoded, and some that are not.
private let linkTypes: [Int32] = [
  1, 113, 276, 12, 228, 229, 0, 108, 9, 50, 51, 101, 104, 147, 192, 195, 105, 127, 119, 163, 239, 252, 178, 180, 258,
  219,
  107, 100, 109,
]

private func linkType(_ choice: UInt8) -> LinkType {
  LinkType(rawValue: linkTypes[Int(choice) % linkTypes.count])
}

/// One frame: its first byte chooses the link type. Whatever is found lies within the frame.
func readFrame(_ input: UnsafeRawBufferPointer) -> String? {
  guard let choice = input.first else { return nil }
  let frame = input.part(1, input.count)
  if let law = rangesLaw(FrameDecoder.decode(frame, linkType: linkType(choice)), frame.count) { return law }
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

/// What a frame is said to hold lies within it, and is no more than there was on the wire.
private func rangesLaw(_ content: FrameContent, _ count: Int) -> String? {
  let range: Range<Int>
  let lengthOnWire: Int
  switch content {
  case .udp(let datagram): (range, lengthOnWire) = (datagram.payload, datagram.payload.count)
  case .tcp(let segment): (range, lengthOnWire) = (segment.payload, segment.lengthOnWire)
  case .sctp(let packet): (range, lengthOnWire) = (packet.chunks, packet.lengthOnWire)
  case .fragment(let fragment):
    guard fragment.offset >= 0, fragment.offset % 8 == 0 else { return "a fragment at \(fragment.offset)" }
    (range, lengthOnWire) = (fragment.payload, fragment.lengthOnWire)
  case .exported(let message): (range, lengthOnWire) = (message.payload, message.payload.count)
  case .aggregate(let aggregate): (range, lengthOnWire) = (aggregate.rest, aggregate.rest.count)
  case .other: return nil
  case .malformed(let error):
    return (0...count).contains(error.offset) ? nil : "a fault at byte \(error.offset) of \(count)"
  }
  guard range.lowerBound >= 0, range.upperBound <= count else { return "a payload of \(range) in \(count) bytes" }
  return lengthOnWire >= range.count ? nil : "\(range.count) bytes of \(lengthOnWire) on the wire"
}
