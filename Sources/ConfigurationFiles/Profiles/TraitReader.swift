import HardwareProfiles
import Primitives

/// `traits:` and `apiDoors:` of a profile file.
enum TraitReader {
  static func traits(_ entry: Entry) -> ModelTraits {
    var result = ModelTraits()
    guard let mapping = entry.mapping(keys: TraitName.allCases.map(\.rawValue)) else { return result }
    for name in TraitName.allCases {
      guard let field = mapping[name.rawValue] else { continue }
      switch name {
      case .cdrSchema: result.cdrSchema = trait(field) { $0.choice() }
      case .acctIDRestartsMonthly: result.acctIDRestartsMonthly = trait(field) { $0.boolean() }
      case .hasEmptyEntryIDs: result.hasEmptyEntryIDs = trait(field) { $0.boolean() }
      case .lastdataCharactersMax: result.lastdataCharactersMax = trait(field) { $0.integer(in: 1...1_000_000) }
      case .channelTechnology: result.channelTechnology = trait(field) { $0.choice() }
      case .serverHeader: result.serverHeader = trait(field) { $0.text() }
      case .hardwareRevision: result.hardwareRevision = trait(field) { $0.text() }
      case .video: result.video = trait(field) { $0.boolean() }
      case .extensionRanges: result.extensionRanges = trait(field, NumberRangeReader.ranges)
      case .digitalLineChannels: result.digitalLineChannels = trait(field, DigitalLineReader.lines)
      case .listeningPorts: result.listeningPorts = trait(field, ListeningPortReader.ports)
      case .defaultTimeZone: result.defaultTimeZone = trait(field) { TimeZoneText.read($0)?.name }
      case .natRouter: result.natRouter = trait(field) { $0.boolean() }
      case .remoteConnect: result.remoteConnect = trait(field) { $0.boolean() }
      }
    }
    return result
  }

  static func apiDoors(_ entry: Entry) -> [APIDoorName: ModelTrait<APIDoor>] {
    var result: [APIDoorName: ModelTrait<APIDoor>] = [:]
    guard let mapping = entry.mapping(keys: APIDoorName.allCases.map(\.rawValue)) else { return result }
    for name in APIDoorName.allCases {
      if let field = mapping[name.rawValue] { result[name] = apiDoor(field) }
    }
    return result
  }

  private static func trait<Value>(_ entry: Entry, _ read: (Entry) -> Value?) -> ModelTrait<Value>? {
    guard let mapping = entry.mapping(keys: ["value"] + Provenance.keys) else { return nil }
    let value = mapping.required("value").flatMap(read)
    guard let provenance = Provenance(mapping), let value else { return nil }
    return ModelTrait(value, provenance)
  }

  private static func apiDoor(_ entry: Entry) -> ModelTrait<APIDoor>? {
    guard let mapping = entry.mapping(keys: ["port", "path", "sinceFirmware"] + Provenance.keys) else { return nil }
    let door = APIDoor(
      port: mapping["port"]?.integer(in: ListeningPortReader.range),
      path: mapping["path"]?.parsed(as: "a path", remedy: "begin it with `/`") { text in
        text.first == "/" && text.allSatisfy { $0.isASCII && !$0.isWhitespace } ? text : nil
      },
      sinceFirmware: mapping["sinceFirmware"]?.parsed(
        as: "a firmware version", remedy: "write four numbers in quotes: \"1.0.17.16\"",
        firmwareVersion))
    return Provenance(mapping).map { ModelTrait(door, $0) }
  }

  private static func firmwareVersion(_ text: String) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { $0.isDigits(1...4) } ? text : nil
  }
}

extension ModelTrait {
  fileprivate init(_ value: Value, _ provenance: Provenance) {
    self.init(
      value: value, source: provenance.source, certainty: provenance.certainty, confidence: provenance.confidence,
      note: provenance.note)
  }
}
