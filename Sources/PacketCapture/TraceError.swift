import Glibc
public import PacketFormats

/// Why a trace can't be read or an interface not be listened on, or no further: where, what, and what to do about it.
public struct TraceError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Kind: Error, Hashable, Sendable {
    /// The operating system refuses; its error number and text.
    case cannotOpen(errno: Int32, reason: String)
    /// The path names a directory.
    case isDirectory
    /// Not a single byte.
    case empty
    /// No magic number of a capture file: what it looks like instead.
    case notACapture(FileAppearance)
    /// It begins as a capture, but its header cannot be used, for this reason.
    case unusableHeader(reason: String)
    /// The link layer is none that is decoded; its number and libpcap's name.
    case unsupportedLinkType(LinkType, name: String)
    /// libpcap can't compile the filter, for this reason.
    case badFilter(String, reason: String)
    /// The file ends within its header or within a record. Everything before was delivered.
    case cutShort(reason: String)
    /// A record that can't be true, or can't be told apart. Everything before was delivered.
    case corruptRecord(reason: String)
    /// It is compressed, and the program that undoes it says this. Everything before was delivered.
    case undecodable(reason: String)
    /// It is compressed, and the program that undoes it is not there; the Debian package that has it.
    case toolMissing(name: String, package: String)
    /// An archive that cannot be read as a bundle of captures.
    case unusableBundle(reason: String)
    /// Reading fails in the operating system.
    case readFailed(reason: String)
    /// Standard input can be read once only.
    case standardInputTwice
    /// This machine has no interface of that name; those it has.
    case noSuchInterface(known: [String])
    /// Listening on the interface takes rights that this process has not; what libpcap says of it.
    case captureNotPermitted(reason: String)
    /// The interface is down.
    case interfaceDown
    /// Listening cannot begin or go on, for this reason. Everything before was delivered.
    case captureFailed(reason: String)
  }

  /// The file or interface as named by the user.
  public let file: String
  /// The number of complete frames before the error.
  public let frame: Int
  /// Where the bad record or block starts, in the bytes of the capture once unpacked; nil where unknown.
  public let byteOffset: Int64?
  /// What is wrong there.
  public let kind: Kind

  /// Takes the place and the kind as they are.
  ///
  /// - Parameter frame: 0 for an error before the first frame.
  public init(file: String, frame: Int = 0, byteOffset: Int64? = nil, kind: Kind) {
    self.file = file
    self.frame = frame
    self.byteOffset = byteOffset
    self.kind = kind
  }
}

extension TraceError: CustomStringConvertible {
  /// One line: file, place, what is wrong and the remedy.
  public var description: String {
    "\(file)\(place): \(problem); \(remedy)"
  }

  private var place: String {
    let after = frame > 0 ? " after frame \(frame)" : ""
    guard let byteOffset else { return after }
    return after + (after.isEmpty ? " at byte \(byteOffset)" : ", at byte \(byteOffset)")
  }

  /// What is wrong, without the place.
  public var problem: String {
    switch kind {
    case .cannotOpen(_, let reason): "cannot be opened: \(reason)"
    case .isDirectory: "is a directory, not a capture file"
    case .empty: "is empty"
    case .notACapture(let appearance): "is not a pcap or pcapng capture: it looks like \(appearance.name)"
    case .unusableHeader(let reason): "has a capture header that cannot be used: \(reason)"
    case .unsupportedLinkType(let type, let name): "has link type \(name) (\(type.rawValue)), which is not supported"
    case .badFilter(let filter, let reason): "the filter \"\(filter)\" cannot be used: \(reason)"
    case .cutShort(let reason): "is cut short: \(reason)"
    case .corruptRecord(let reason): "holds a corrupt record: \(reason)"
    case .undecodable(let reason): "cannot be decompressed: \(reason)"
    case .toolMissing(let name, _): "is compressed, and the program \(name) that unpacks it is not there"
    case .unusableBundle(let reason): "is an archive that cannot be used: \(reason)"
    case .readFailed(let reason): "cannot be read: \(reason)"
    case .standardInputTwice: "is named more than once"
    case .noSuchInterface: "is no interface of this machine"
    case .captureNotPermitted(let reason): "may not be listened on: \(reason)"
    case .interfaceDown: "is down"
    case .captureFailed(let reason): "cannot be listened on: \(reason)"
    }
  }

  /// What the user can do.
  public var remedy: String {
    switch kind {
    case .cannotOpen(EMFILE, _), .cannotOpen(ENFILE, _): "allow more open files with `ulimit -n`, or merge fewer traces"
    case .cannotOpen: "check the path and the permissions"
    case .isDirectory: "name the capture files inside it"
    case .empty: "check that the capture was written and copied completely"
    case .notACapture(let appearance): appearance.remedy
    case .unusableHeader: "rewrite it with `editcap -F pcap IN OUT`"
    case .unsupportedLinkType:
      "record Ethernet, Linux cooked, raw IP or loopback frames, for instance with `tcpdump -i any -w FILE`"
    case .badFilter: "see `man pcap-filter` for the syntax, and try it with `tcpdump -d 'FILTER'`"
    case .toolMissing(_, let package): "install it with `apt-get install \(package)`"
    case .unusableBundle: "unpack it and name the capture files inside it"
    case .cutShort, .corruptRecord, .undecodable:
      (frame > 0 ? "the frames before it are usable; " : "") + "copy or record the file again to have the rest"
    case .readFailed: "check the disk or the connection to it"
    case .standardInputTwice: "name `-` once"
    case .noSuchInterface(let known): "there are \(known.joined(separator: ", "))"
    case .captureNotPermitted:
      "run it with sudo, or give the program the right once: `sudo setcap cap_net_raw+ep PROGRAM` "
        + "(in a container: `--cap-add NET_RAW`)"
    case .interfaceDown: "bring it up with `ip link set dev \(file) up`"
    case .captureFailed:
      (frame > 0 ? "what came before is usable; " : "") + "look at it with `ip link` and try `tcpdump -i \(file)`"
    }
  }
}

extension TraceError {
  static func text(ofErrno number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
