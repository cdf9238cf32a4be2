import PacketCapture
import PacketFormats
import Primitives
import TestSupport

/// A frame with bytes of its own.
struct KeptFrame: Hashable {
  let number: Int
  let file: Int
  let time: Instant
  let bytes: [UInt8]
  let originalLength: Int

  init(_ frame: Frame) {
    number = frame.number
    file = frame.file
    time = frame.time
    bytes = Array(frame.bytes)
    originalLength = frame.originalLength
  }
}

/// Reads a trace to its end or its error.
func read(_ source: TraceSource, filter: String? = nil) -> (frames: [KeptFrame], error: TraceError?) {
  var frames: [KeptFrame] = []
  do throws(TraceError) {
    let reader = try TraceReader(source, filter: filter)
    while let frame = try reader.next() { frames.append(KeptFrame(frame)) }
    return (frames, nil)
  } catch {
    return (frames, error)
  }
}

func openingError(_ source: TraceSource, filter: String? = nil) -> TraceError? {
  do throws(TraceError) {
    _ = try TraceReader(source, filter: filter)
    return nil
  } catch {
    return error
  }
}

let phone = IPEndpoint(address: IPAddress(v4: 0xc000_0201), port: 5062)
let appliance = IPEndpoint(address: IPAddress(v4: 0xc633_6401), port: 5060)

/// Frames of different lengths, a second apart.
func records(_ count: Int, from start: Int64 = 1_700_000_000) -> [TraceFiles.Record] {
  (0..<count).map { index in
    TraceFiles.Record(
      time: Instant(seconds: start + Int64(index), nanoseconds: 123_456_789),
      bytes: Packets.udpFrame(Array("frame \(index)".utf8), from: phone, to: appliance))
  }
}
