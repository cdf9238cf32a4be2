import HardwareProfiles

/// The value of `extensionRanges:`, sorted by number.
enum NumberRangeReader {
  static func ranges(_ entry: Entry) -> [NumberRange]? {
    let read = entry.list(max: 64).compactMap { element in range(element).map { (element, $0) } }
    var kept: [NumberRange] = []
    for (element, range) in read {
      if let other = kept.first(where: { conflicts($0, range) }) {
        element.report(
          "`\(range)` overlaps `\(other)`",
          remedy: "a number has one use; only pickExtensions and autoProvisionExtensions lie inside userExtensions")
      }
      kept.append(range)
    }
    return kept.sorted { ($0.numbers.lowerBound, $0.use.rawValue) < ($1.numbers.lowerBound, $1.use.rawValue) }
  }

  private static func range(_ entry: Entry) -> NumberRange? {
    guard let mapping = entry.mapping(keys: ["use", "first", "last"]) else { return nil }
    let use = mapping.required("use")?.choice(of: NumberUse.self)
    let first = mapping.required("first")?.integer(in: 0...NumberRange.numberMax)
    let lastEntry = mapping.required("last")
    let last = lastEntry?.integer(in: 0...NumberRange.numberMax)
    guard let use, let first, let last else { return nil }
    guard first <= last else {
      lastEntry?.report("the range ends at \(last), before it begins at \(first)", remedy: "swap `first` and `last`")
      return nil
    }
    return NumberRange(use: use, numbers: first...last)
  }

  private static func conflicts(_ one: NumberRange, _ other: NumberRange) -> Bool {
    guard one.numbers.overlaps(other.numbers) else { return false }
    if one.use == .userExtensions, other.use.isPartOfUserExtensions { return !one.contains(other) }
    if other.use == .userExtensions, one.use.isPartOfUserExtensions { return !other.contains(one) }
    return true
  }
}

extension NumberRange {
  fileprivate func contains(_ other: NumberRange) -> Bool {
    numbers.contains(other.numbers.lowerBound) && numbers.contains(other.numbers.upperBound)
  }
}

/// The value of `digitalLineChannels:`, in the file's order.
enum DigitalLineReader {
  static func lines(_ entry: Entry) -> [DigitalLineChannels]? {
    var kept: [DigitalLineChannels] = []
    for element in entry.list(max: 16) {
      guard let line = line(element) else { continue }
      if kept.contains(where: { $0.line == line.line && $0.signalling == line.signalling }) {
        element.report(
          "`\(line.line.rawValue)` with `\(line.signalling.rawValue)` stands there twice", remedy: "keep one entry")
      }
      kept.append(line)
    }
    return kept
  }

  private static func line(_ entry: Entry) -> DigitalLineChannels? {
    guard let mapping = entry.mapping(keys: ["line", "signalling", "channels"]) else { return nil }
    let line = mapping.required("line")?.choice(of: DigitalLine.self)
    let signalling = mapping.required("signalling")?.choice(of: LineSignalling.self)
    let channels = mapping.required("channels")?.integer(in: 1...DigitalLineChannels.channelsMax)
    guard let line, let signalling, let channels else { return nil }
    return DigitalLineChannels(line: line, signalling: signalling, channels: channels)
  }
}

/// The value of `listeningPorts:`, sorted by port.
enum ListeningPortReader {
  static let range = 1...65_535

  static func ports(_ entry: Entry) -> [ListeningPort]? {
    var kept: [ListeningPort] = []
    for element in entry.list(max: 256) {
      guard let port = port(element) else { continue }
      if kept.contains(where: { $0.port == port.port && $0.transport == port.transport }) {
        element.report("\(port.port)/\(port.transport.rawValue) stands there twice", remedy: "keep one entry")
      }
      kept.append(port)
    }
    return kept.sorted { ($0.port, $0.transport.rawValue) < ($1.port, $1.transport.rawValue) }
  }

  private static func port(_ entry: Entry) -> ListeningPort? {
    guard let mapping = entry.mapping(keys: ["port", "transport", "service"]) else { return nil }
    let port = mapping.required("port")?.integer(in: range)
    let transport = mapping.required("transport")?.choice(of: PortTransport.self)
    let service = mapping.required("service")?.text()
    guard let port, let transport, let service else { return nil }
    return ListeningPort(port: port, transport: transport, service: service)
  }
}
