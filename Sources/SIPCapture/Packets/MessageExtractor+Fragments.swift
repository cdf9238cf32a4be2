import PacketFormats

extension MessageExtractor {
  /// Datagrams in fragments that may lie within one another, as those of a tunnel's outer and inner packets do.
  private static let reassembliesMax = 4

  /// Keeps a fragment, or reads the datagram it completes.
  mutating func take(
    _ fragment: IPFragment, _ bytes: UnsafeRawBufferPointer, _ place: FramePlace, _ report: (CapturedMessage) -> Void
  ) -> CaptureAccount.Fate {
    guard place.reassemblies < Self.reassembliesMax else {
      return .notCarried(.nestedTooDeeply)
    }
    let outcome = fragments.accept(
      fragment, frame: bytes, at: place.time, from: CapturePlace(file: place.file, frame: place.frame)
    ) {
      account.note($0)
    }
    switch outcome {
    case .waiting: return .kept
    case .repeated: return .duplicate
    case .dropped: return .notCarried(.droppedFragment)
    case .complete(let datagram):
      var inner = place
      inner.reassemblies += 1
      return datagram.bytes.withUnsafeBytes {
        take(FrameDecoder.decode($0, of: datagram), $0, inner, report)
      }
    }
  }

  /// Tells what waits for fragments and pieces that do not come any more.
  mutating func finishPackets() {
    fragments.finish { account.note($0) }
    associations.finish { account.note($0) }
  }
}

extension CaptureAccount {
  mutating func note(_ loss: FragmentReassembler.Loss) {
    note(.ipFragment, at: Position(file: loss.first.file, frame: loss.first.frame), count: loss.fragments)
  }

  mutating func note(_ loss: SCTPAssembler.Loss) {
    note(.sctpFragment, at: Position(file: loss.first.file, frame: loss.first.frame), count: loss.pieces)
  }
}
