import PacketFormats

/// What reads the frames of one format from a stream.
protocol RecordReader: AnyObject {
  /// The link types described so far, each once, in the order of the file.
  var linkTypes: [LinkType] { get }
  var notices: TraceNotices { get }

  /// The next frame; nil at the end. An error ends the trace.
  func next() throws(TraceError) -> Frame?
}

extension LinkType {
  /// The type with this number in a file (`LINKTYPE_*`), which differs from libpcap's own (`DLT_*`) where systems
  /// disagree on the latter. Source: the registry of link-layer header types of the tcpdump project.
  init(numberInFile number: UInt32) {
    let own: Int32 =
      switch number {
      case 100: 11
      case 101: 12
      case 102: 15
      case 103: 16
      case 106: 19
      default: Int32(truncatingIfNeeded: number)
      }
    self.init(rawValue: own)
  }

  /// The number of the type in a file.
  var numberInFile: UInt32 {
    switch rawValue {
    case 11: 100
    case 12: 101
    case 15: 102
    case 16: 103
    case 19: 106
    default: UInt32(truncatingIfNeeded: rawValue)
    }
  }
}
