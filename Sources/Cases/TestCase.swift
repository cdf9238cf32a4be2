/// One regression case: what is replayed, and what must come out of it.
public struct TestCase: Hashable, Sendable {
  /// A path as the case writes it, and where it stands there.
  public struct Reference: Hashable, Sendable {
    /// Relative to the case's folder.
    public var path: String
    /// Where it is written.
    public var place: SourcePlace

    /// A path written at that place.
    public init(path: String, place: SourcePlace) {
      self.path = path
      self.place = place
    }
  }

  /// What the appliance asks as its CRM; the site file says how.
  public struct CRM: Hashable, Sendable {
    /// What cells and reports call it; a name of the case's own.
    public var name: String
    /// Whether the run has no CRM whatever the site file says.
    public var isNone = false
    /// The system by its command-line name, which the site file has to have too; nil where there is none.
    public var system: String?
    /// The site file that takes the place of the case's; nil for the case's.
    public var site: Reference?
    /// What the CRM's cloud holds; nil for the site's users and nobody else.
    public var data: Reference?
    /// Script of what goes wrong with the cloud; nil for nothing.
    public var faults: Reference?
    /// From a request to its answer.
    public var latencyMilliseconds = 120

    /// The site's CRM with a cloud that knows its users only.
    public init(name: String) { self.name = name }
  }

  /// What a cell is called in the case's matrix, and where.
  public struct Choice: Hashable, Sendable {
    /// A model or firmware.
    public var name: String
    /// Where it is written.
    public var place: SourcePlace

    /// A name written at that place.
    public init(name: String, place: SourcePlace) {
      self.name = name
      self.place = place
    }
  }

  /// The file, as it was found.
  public var file: String
  /// What reports call the case; its folder where the file has no `name`.
  public var name: String
  /// One sentence of what the case proves; empty where the file has none.
  public var claim = ""
  /// At least one.
  public var traces: [Reference] = []
  /// nil for an appliance nobody has set up.
  public var site: Reference?
  /// nil for the site's addresses, else inferred; as `--pbx` takes them.
  public var pbx: [String] = []
  /// Models the case runs on; empty where `capabilities` choose.
  public var models: [Choice] = []
  /// What a model must have for the case to make sense on it.
  public var capabilities: [Capability] = []
  /// Firmware ages; empty for none named.
  public var firmwares: [Choice] = []
  /// At least one.
  public var crms: [CRM] = []
  /// The number every invented identifier follows from.
  public var seed: UInt64 = 1
  /// At least one, or `golden`.
  public var expectations: [Expectation] = []
  /// Whole outputs; nil for none.
  public var golden: Golden?

  /// A case without content.
  public init(file: String, name: String) {
    self.file = file
    self.name = name
  }

  /// Whether goldens lie in a folder for each cell: the case itself names several.
  public var hasMatrix: Bool { models.count > 1 || firmwares.count > 1 || crms.count > 1 }
}

/// Something a model must have.
public struct Capability: Hashable, Sendable {
  /// A limit of the model, or a trait.
  public var name: String
  /// What its value must be.
  public var matcher: Matcher
  /// Where it is written.
  public var place: SourcePlace

  /// A capability written at that place.
  public init(name: String, matcher: Matcher, place: SourcePlace) {
    self.name = name
    self.matcher = matcher
    self.place = place
  }
}

/// Whole outputs kept with the case.
public struct Golden: Hashable, Sendable {
  /// The form the files have; see `RunFormat`.
  public var format: Int
  /// Where `format` is written.
  public var formatPlace: SourcePlace
  /// The program's version that wrote them; for people.
  public var recordedBy: String
  /// Where `recordedBy` is written; nil where it is not.
  public var recordedByPlace: SourcePlace?
  /// Which files.
  public var files: [RunFormat.File]
  /// Where the list is written.
  public var place: SourcePlace

  /// Goldens without files.
  public init(format: Int, formatPlace: SourcePlace, recordedBy: String, place: SourcePlace) {
    self.format = format
    self.formatPlace = formatPlace
    self.recordedBy = recordedBy
    self.place = place
    files = []
  }
}
