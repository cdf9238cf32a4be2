public import CRMCloud
public import CRMConnectors

/// A cloud data file: what a CRM's cloud holds before the run, which clients it lets in, and how it behaves.
public struct CloudDataFile: Hashable, Sendable {
  /// Everything the file says.
  public var contents = CloudContents()
  /// Zoho's organisations with their people and records, and the clients.
  public var data: ZohoCloudData {
    get { contents.zoho }
    set { contents.zoho = newValue }
  }
  /// The section `settings`; every switch that is not written at its default.
  public var settings: ZohoCloudSettings {
    get { contents.zohoSettings }
    set { contents.zohoSettings = newValue }
  }

  /// What a file would hold that says so.
  public init(data: ZohoCloudData = ZohoCloudData(), settings: ZohoCloudSettings = ZohoCloudSettings()) {
    self.data = data
    self.settings = settings
  }

  /// The section that holds a cloud of this system and is not in the file; nil where it is there or none is needed.
  ///
  /// Without it the system's requests would be answered by Zoho's cloud, which knows no such host.
  public func missingSection(for system: CRMSystem) -> String? {
    switch system {
    case .vtiger: contents.vtiger == nil ? "vtiger" : nil
    case .sugarCRM: contents.sugar == nil ? "sugarcrm" : nil
    case .salesforce: contents.salesforce == nil ? "salesforce" : nil
    // Zoho's data stand at the top and are there in every file; a described CRM's are in its connector file.
    case .zohoV1, .zohoV2, .described: nil
    }
  }

  /// Entries read of one list of records; a cloud keeps no more of one module.
  static let recordsMax = 100_000

  /// Reads the data of a Zoho cloud.
  ///
  /// - Parameter path: the file's name for errors; nothing is opened.
  /// - Throws: everything that is wrong with the file, with line and column; secrets and tokens are never repeated.
  public static func read(text: String, path: String) throws(ConfigurationErrors) -> CloudDataFile {
    let errors = ErrorCollector(path: path)
    let root = Entry(value: try YAMLDocument.read(text, path: path), keyPath: "", errors: errors)
    let file = ZohoDataReader().read(root)
    if let found = errors.summary { throw found }
    // What only the cloud itself can judge, as the form of a phone number: it is asked, and its answer gets a place.
    do throws(CloudContentsError) {
      _ = try CRMClouds(file.contents, seed: 0)
    } catch {
      root.report(refusal: error.description)
      if let found = errors.summary { throw found }
    }
    return file
  }
}

extension Entry {
  /// Reports a mistake told as `contacts[3].phone: what is wrong; what would be right` where it stands.
  fileprivate func report(refusal: String) {
    let halves = refusal.split(separator: ":", maxSplits: 1).map(String.init)
    guard halves.count == 2 else { return report(refusal) }
    let told = halves[1].split(separator: ";", maxSplits: 1).map { String($0.drop { $0 == " " }) }
    let place = deepest(on: halves[0])
    let remedy = told.dropFirst().first ?? Self.remedy(for: told.first ?? "")
    errors.report(told.first ?? refusal, remedy: remedy, at: place, keyPath: halves[0])
  }

  /// For the codes Zoho has for a field (documented: field types of the v2 API).
  private static func remedy(for message: String) -> String? {
    if message.hasSuffix("MANDATORY_NOT_FOUND") { return "write it" }
    guard message.hasSuffix("INVALID_DATA") else { return nil }
    return "a phone number has up to 30 digits, letters and - . ( ) ; , # with a + only in front, a text up to 255"
      + " characters"
  }

  /// Where the way `organisations[0].contacts[3].phone` leads, or the last place on it that is written.
  private func deepest(on way: String) -> Place {
    var value = value
    for step in way.split(whereSeparator: { ".[]".contains($0) }) {
      switch value.content {
      case .mapping(let pairs):
        // The cloud names a record's field as Zoho does.
        let wanted = step.lowercased().filter { $0 != "_" }
        guard let pair = pairs.first(where: { $0.key.lowercased() == wanted }) else { return value.place }
        value = pair.value
      case .sequence(let elements):
        guard let index = Int(step), elements.indices.contains(index) else { return value.place }
        value = elements[index]
      case .scalar: return value.place
      }
    }
    return value.place
  }
}
