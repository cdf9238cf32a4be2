public import Primitives

/// One fact about a model that is not a number, with who says so and how sure that is.
public struct ModelTrait<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The fact.
  public var value: Value
  /// As `Limit.source`.
  public var source: String
  /// What kind of source the value rests on.
  public var certainty: Certainty
  /// How far the value can be trusted within its kind of source.
  public var confidence: Confidence
  /// What a reader should know beside the value.
  public var note: String?

  /// Takes every part as it is.
  public init(value: Value, source: String, certainty: Certainty, confidence: Confidence, note: String? = nil) {
    self.value = value
    self.source = source
    self.certainty = certainty
    self.confidence = confidence
    self.note = note
  }
}

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
}

/// Which set of columns the family's CDR has, by the number of columns.
public enum CDRSchema: String, Hashable, Sendable, CaseIterable {
  /// Firmware of 2013, up to `service` (reference section 5.1, documented).
  case fields22
  /// The 62xx and 6510 families, up to `dst_trunk_name` (reference section 5.1, observed).
  case fields32
  /// The 63xx family, with NAT, video and device columns besides (reference section 5.1, observed).
  case fields43
}

/// The first part of a SIP channel's name in the CDR.
public enum ChannelTechnology: String, Hashable, Sendable, CaseIterable {
  /// Old firmware, on Asterisk's chan_sip (reference section 5.1, documented).
  case sip = "SIP"
  /// Later firmware, on Asterisk's chan_pjsip (reference section 5.1, observed).
  case pjsip = "PJSIP"
}

/// What a family or model is besides its limits; nil for what nobody knows.
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

  /// Nothing known.
  public init() {}

  /// These traits, with what is missing taken from `family`.
  public func inheriting(from family: ModelTraits) -> ModelTraits {
    var result = self
    result.cdrSchema = cdrSchema ?? family.cdrSchema
    result.acctIDRestartsMonthly = acctIDRestartsMonthly ?? family.acctIDRestartsMonthly
    result.hasEmptyEntryIDs = hasEmptyEntryIDs ?? family.hasEmptyEntryIDs
    result.lastdataCharactersMax = lastdataCharactersMax ?? family.lastdataCharactersMax
    result.channelTechnology = channelTechnology ?? family.channelTechnology
    result.serverHeader = serverHeader ?? family.serverHeader
    result.hardwareRevision = hardwareRevision ?? family.hardwareRevision
    result.video = video ?? family.video
    return result
  }

  /// The trait's value as a profile file writes it; nil when unknown.
  public func text(of name: TraitName) -> String? {
    switch name {
    case .cdrSchema: cdrSchema?.value.rawValue
    case .acctIDRestartsMonthly: acctIDRestartsMonthly.map { String($0.value) }
    case .hasEmptyEntryIDs: hasEmptyEntryIDs.map { String($0.value) }
    case .lastdataCharactersMax: lastdataCharactersMax.map { String($0.value) }
    case .channelTechnology: channelTechnology?.value.rawValue
    case .serverHeader: serverHeader?.value
    case .hardwareRevision: hardwareRevision?.value
    case .video: video.map { String($0.value) }
    }
  }
}
