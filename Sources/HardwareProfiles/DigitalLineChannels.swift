/// A kind of digital line of the telephone network. The raw values are those of `line:` in a profile file.
public enum DigitalLine: String, Hashable, Sendable, CaseIterable {
  /// 2048 kbit/s in 32 time slots (ITU-T G.704).
  case e1
  /// 1544 kbit/s in 24 time slots (ANSI T1.403).
  case t1
  /// Japan's T1.
  case j1
}

/// How a digital line is told of calls. The raw values are those of `signalling:` in a profile file.
public enum LineSignalling: String, Hashable, Sendable, CaseIterable {
  /// ISDN primary rate interface: a time slot of its own for signalling (ITU-T I.431).
  case pri
  /// Channel-associated: MFC/R2 on an E1, robbed bits on a T1.
  case cas
}

/// How many calls one port carries at one moment on one kind of line.
public struct DigitalLineChannels: Hashable, Sendable, CustomStringConvertible {
  /// Time slots of the widest of these lines.
  public static let channelsMax = 32

  /// The kind of line.
  public var line: DigitalLine
  /// How the line is told of calls.
  public var signalling: LineSignalling
  /// Calls at one moment.
  public var channels: Int

  /// Takes every part as it is.
  public init(line: DigitalLine, signalling: LineSignalling, channels: Int) {
    self.line = line
    self.signalling = signalling
    self.channels = channels
  }

  /// `e1 pri 30`.
  public var description: String { "\(line.rawValue) \(signalling.rawValue) \(channels)" }
}
