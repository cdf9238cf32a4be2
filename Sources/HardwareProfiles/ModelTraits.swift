/// Names of the traits: the keys of `traits:` in a profile file.
public enum TraitName: String, Hashable, Sendable, CaseIterable {
  /// A `CDRSchema`.
  case cdrSchema
  /// `true` or `false`.
  case acctIDRestartsMonthly
  /// `true` or `false`.
  case hasEmptyEntryIDs
  /// A whole number above 0.
  case lastdataCharactersMax
  /// A `ChannelTechnology`.
  case channelTechnology
  /// Text with `{model}`, `{revision}` and `{firmware}` in it.
  case serverHeader
  /// Text as the `Server:` header shows it.
  case hardwareRevision
  /// `true` or `false`.
  case video
  /// A list of `NumberRange`.
  case extensionRanges
  /// A list of `DigitalLineChannels`.
  case digitalLineChannels
  /// A list of `ListeningPort`.
  case listeningPorts
  /// A time zone, as site files write one.
  case defaultTimeZone
  /// `true` or `false`.
  case natRouter
  /// `true` or `false`.
  case remoteConnect
}

/// What a family, model or firmware is besides its limits; nil for what nobody knows.
public struct ModelTraits: Hashable, Sendable {
  /// Columns of the CDR.
  public var cdrSchema: ModelTrait<CDRSchema>?
  /// Whether `AcctId` starts again at 1 on the first of each month.
  public var acctIDRestartsMonthly: ModelTrait<Bool>?
  /// Whether an entry of the CDR API's JSON says `"cdr":""` instead of its session.
  public var hasEmptyEntryIDs: ModelTrait<Bool>?
  /// The length that `lastdata` is cut at in the CDR; nil for no such limit.
  public var lastdataCharactersMax: ModelTrait<Int>?
  /// First part of a SIP channel's name in the CDR.
  public var channelTechnology: ModelTrait<ChannelTechnology>?
  /// Shape of the SIP `Server:` header with `{model}`, `{revision}` and `{firmware}` to be filled in.
  public var serverHeader: ModelTrait<String>?
  /// As the `Server:` header shows it.
  public var hardwareRevision: ModelTrait<String>?
  /// Whether calls may have video.
  public var video: ModelTrait<Bool>?
  /// Which internal numbers are meant for what, before anybody changes it; sorted by number.
  public var extensionRanges: ModelTrait<[NumberRange]>?
  /// How many calls a digital port carries on each kind of line; the same for every port.
  public var digitalLineChannels: ModelTrait<[DigitalLineChannels]>?
  /// What listens on the network, sorted by port.
  public var listeningPorts: ModelTrait<[ListeningPort]>?
  /// The time zone before anybody chooses one, as site files write one.
  public var defaultTimeZone: ModelTrait<String>?
  /// Whether it can be the router of its network.
  public var natRouter: ModelTrait<Bool>?
  /// Whether the vendor's plans for users outside of the network (`RemotePlan`) are sold for it.
  public var remoteConnect: ModelTrait<Bool>?

  /// Nothing known.
  public init() {}

  /// These traits, with what is missing taken from `base`.
  public func inheriting(from base: ModelTraits) -> ModelTraits {
    var result = self
    result.cdrSchema = cdrSchema ?? base.cdrSchema
    result.acctIDRestartsMonthly = acctIDRestartsMonthly ?? base.acctIDRestartsMonthly
    result.hasEmptyEntryIDs = hasEmptyEntryIDs ?? base.hasEmptyEntryIDs
    result.lastdataCharactersMax = lastdataCharactersMax ?? base.lastdataCharactersMax
    result.channelTechnology = channelTechnology ?? base.channelTechnology
    result.serverHeader = serverHeader ?? base.serverHeader
    result.hardwareRevision = hardwareRevision ?? base.hardwareRevision
    result.video = video ?? base.video
    result.extensionRanges = extensionRanges ?? base.extensionRanges
    result.digitalLineChannels = digitalLineChannels ?? base.digitalLineChannels
    result.listeningPorts = listeningPorts ?? base.listeningPorts
    result.defaultTimeZone = defaultTimeZone ?? base.defaultTimeZone
    result.natRouter = natRouter ?? base.natRouter
    result.remoteConnect = remoteConnect ?? base.remoteConnect
    return result
  }

  /// The trait with its value as text, lists on one line with `; ` between their parts; nil when unknown.
  public func statement(of name: TraitName) -> ModelTrait<String>? {
    switch name {
    case .cdrSchema: cdrSchema?.saying(\.rawValue)
    case .acctIDRestartsMonthly: acctIDRestartsMonthly?.saying(\.description)
    case .hasEmptyEntryIDs: hasEmptyEntryIDs?.saying(\.description)
    case .lastdataCharactersMax: lastdataCharactersMax?.saying(\.description)
    case .channelTechnology: channelTechnology?.saying(\.rawValue)
    case .serverHeader: serverHeader
    case .hardwareRevision: hardwareRevision
    case .video: video?.saying(\.description)
    case .extensionRanges: extensionRanges?.saying { $0.map(\.description).joined(separator: "; ") }
    case .digitalLineChannels: digitalLineChannels?.saying { $0.map(\.description).joined(separator: "; ") }
    case .listeningPorts: listeningPorts?.saying { $0.map(\.description).joined(separator: "; ") }
    case .defaultTimeZone: defaultTimeZone
    case .natRouter: natRouter?.saying(\.description)
    case .remoteConnect: remoteConnect?.saying(\.description)
    }
  }

  /// The trait part by part, the parts of a list with the name of each: `conferences`, `6300-6399`. The name is nil for
  /// what has no parts; empty when unknown.
  public func statements(of name: TraitName) -> [(part: String?, statement: ModelTrait<String>)] {
    switch name {
    case .extensionRanges:
      extensionRanges.map { list in
        list.value.map { range in (range.use.rawValue, list.saying { _ in range.numbersText }) }
      }
        ?? []
    case .digitalLineChannels:
      digitalLineChannels.map { list in
        list.value.map { line in
          ("\(line.line.rawValue).\(line.signalling.rawValue)", list.saying { _ in String(line.channels) })
        }
      } ?? []
    case .listeningPorts:
      listeningPorts.map { list in
        list.value.map { port in ("\(port.port)/\(port.transport.rawValue)", list.saying { _ in port.service }) }
      } ?? []
    case .cdrSchema, .acctIDRestartsMonthly, .hasEmptyEntryIDs, .lastdataCharactersMax, .channelTechnology,
      .serverHeader, .hardwareRevision, .video, .defaultTimeZone, .natRouter, .remoteConnect:
      statement(of: name).map { [(nil, $0)] } ?? []
    }
  }

  /// The trait's value as text; nil when unknown.
  public func text(of name: TraitName) -> String? { statement(of: name)?.value }
}
