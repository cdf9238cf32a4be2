import Primitives

/// One customer of the CRM: its people, its records, its settings.
struct ZohoOrganisation: Codable {
  /// Zoho's number of the organisation, decimal text (`zgid`).
  let id: String
  var name: String
  let createdAt: Instant
  /// Shown by its timestamps and its reports.
  let timeZone: SiteTimeZone
  /// Decides credits and concurrency.
  var edition: ZohoCloudData.Edition
  /// In the order of the data; records name their owners by place.
  private(set) var users: [ZohoCRMUser] = []
  var profiles: [ZohoProfile] = ZohoProfile.standard
  /// Production's; those of another environment while a request of it is answered.
  var records: ZohoRecordStore
  /// Those of the other environments that were asked for, which begin empty (assumed: a sandbox copies only settings).
  private var otherRecords: [ZohoEnvironment: ZohoRecordStore] = [:]
  private let seed: UInt64
  var phoneBridge: ZohoPhoneBridge
  var connections = ZohoConnections()
  /// What it has asked of the API of late.
  var usage = APIUsage()
  var v1Usage = ZohoV1Usage()
  let settings: ZohoCloudSettings

  init(_ data: ZohoCloudData.Organisation, id: String, settings: ZohoCloudSettings, seed: UInt64) {
    self.id = id
    name = data.name
    createdAt = data.createdAt
    timeZone = data.timeZone
    edition = data.edition
    self.settings = settings
    self.seed = seed
    records = ZohoRecordStore(settings: settings, seed: seed)
    phoneBridge = ZohoPhoneBridge(seed: seed)
  }

  /// Puts an environment's records in the place of production's, or back again.
  mutating func exchangeRecords(with environment: ZohoEnvironment) {
    guard environment != .production else { return }
    let others =
      otherRecords[environment] ?? ZohoRecordStore(settings: settings, seed: seed ^ (environment == .sandbox ? 1 : 2))
    otherRecords[environment] = records
    records = others
  }

  mutating func add(_ user: ZohoCRMUser) { users.append(user) }

  /// Changes the user with this id; nothing for another.
  mutating func update(user id: String, _ change: (inout ZohoCRMUser) -> Void) {
    guard let index = users.firstIndex(where: { $0.id == id }) else { return }
    change(&users[index])
  }

  func userIndex(zuid: String) -> Int? { users.indices.first { users[$0].zuid == zuid } }

  /// The user at a place; the first where there is none, so that every record has an owner.
  func user(at index: Int) -> ZohoCRMUser? { users.indices.contains(index) ? users[index] : users.first }

  func profile(of user: ZohoCRMUser) -> ZohoProfile? {
    profiles.indices.first { profiles[$0].name == user.profile }.map { profiles[$0] }
  }
}

/// A user of the CRM, who signs in as a person of the data centre.
struct ZohoCRMUser: Codable, Hashable {
  /// The CRM's id, decimal text.
  let id: String
  let zuid: String
  var fullName: String
  var email: String
  /// Name of one of the organisation's profiles.
  var profile: String
  var role: String
  var status: Status

  /// Documented: `active`, `disabled`, `deleted` of the users API.
  enum Status: String, Codable, Hashable, CaseIterable { case active, disabled, deleted }
}

/// What users of a profile may do.
struct ZohoProfile: Codable, Hashable {
  let id: String
  let name: String
  /// Without it every call of the API answers 403 (documented as a prerequisite; the answer observed in issue threads).
  let hasAPIAccess: Bool
  let isAdministrator: Bool

  /// The two every organisation has (documented), and one without API access to try the refusal with.
  static let standard = [
    ZohoProfile(id: "4000000000000026011", name: "Administrator", hasAPIAccess: true, isAdministrator: true),
    ZohoProfile(id: "4000000000000026014", name: "Standard", hasAPIAccess: true, isAdministrator: false),
    ZohoProfile(id: "4000000000000026017", name: "No API Access", hasAPIAccess: false, isAdministrator: false),
  ]
}
