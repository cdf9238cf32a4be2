import CRMConnectors
import PBXModel
import Primitives

/// Reads a site file from the top; the parts with many keys of their own are in the other files of this folder.
struct SiteReader {
  /// What the file names and refers to.
  let names = SiteNames()
  /// Files that the site file names.
  let references: SiteFile.References

  static let keys = [
    "pbx", "timeZone", "concurrentRegistrations", "ringTimeoutSeconds", "sessionTimerSeconds", "cdr", "extensions",
    "trunks", "inboundRoutes", "outboundRoutes", "ringGroups", "queues", "ivrs", "conferenceRooms", "parking",
    "featureCodes", "storage", "assumptions", "crm", "notes", "whenRegistrationsExceed", "localNetworks",
    "channelsPerDigitalPort",
  ]

  func read(_ root: Entry) -> SiteFile {
    var file = SiteFile(site: Site(), crm: nil, crmUsers: [:], notes: [])
    guard let mapping = root.mapping(keys: Self.keys) else { return file }
    if let pbx = mapping["pbx"]?.mapping(keys: ["addresses"]) {
      file.site.pbxAddresses = addresses(pbx, owner: .pbx)
    }
    file.site.timeZone = mapping["timeZone"].flatMap(TimeZoneText.read) ?? .utc
    file.site.concurrentRegistrations = mapping["concurrentRegistrations"]?.integer(in: 0...1000)
    file.site.whenRegistrationsExceed = mapping["whenRegistrationsExceed"]?.choice()
    file.site.localNetworks = mapping.list("localNetworks").compactMap { $0.network() }
    file.site.channelsPerDigitalPort = mapping["channelsPerDigitalPort"]?.integer(in: 1...30)
    file.site.ringTimeoutSeconds = mapping["ringTimeoutSeconds"]?.ringSeconds()
    file.site.sessionTimerSeconds = mapping["sessionTimerSeconds"]?.integer(in: 90...86_400)
    if let cdr = mapping["cdr"]?.mapping(keys: ["logsUnanswered", "logsCongestion"]) {
      file.site.cdr.logsUnanswered = cdr["logsUnanswered"]?.boolean() ?? file.site.cdr.logsUnanswered
      file.site.cdr.logsCongestion = cdr["logsCongestion"]?.boolean() ?? file.site.cdr.logsCongestion
    }
    names.listsExtensions = mapping["extensions"] != nil
    file.site.extensions = mapping.list("extensions").compactMap(userExtension)
    file.site.trunks = mapping.list("trunks").enumerated().compactMap { trunk($0.element, position: $0.offset + 1) }
    file.site.inboundRoutes = mapping.list("inboundRoutes").compactMap(inboundRoute)
    file.site.outboundRoutes = mapping.list("outboundRoutes").enumerated().compactMap {
      outboundRoute($0.element, position: $0.offset + 1)
    }
    file.site.ringGroups = mapping.list("ringGroups").compactMap(ringGroup)
    file.site.queues = mapping.list("queues").compactMap(queue)
    file.site.ivrs = mapping.list("ivrs").compactMap(ivr)
    file.site.conferenceRooms = mapping.list("conferenceRooms").compactMap { entry in
      entry.internalNumber().map { names.define($0, as: .conference, at: entry) }
    }
    file.site.parking = mapping["parking"].flatMap(parking)
    file.site.featureCodes = mapping["featureCodes"].map(featureCodes) ?? []
    file.site.assumptions = mapping["assumptions"].map(AssumptionsReader.settings) ?? file.site.assumptions
    file.site.storage = mapping["storage"].map(StorageReader.storage) ?? file.site.storage
    if let crm = mapping["crm"] {
      (file.crm, file.crmUsers) = CRMReader(names: names).read(crm)
      ConnectorReferenceReader(references: references).read(crm, into: &file)
    }
    file.notes = mapping.list("notes").compactMap { $0.text(maxLength: 4096) }
    return file
  }

  func addresses(_ mapping: Mapping, owner: SiteNames.Owner) -> [IPEndpoint] {
    mapping.list("addresses").compactMap { entry in
      guard let endpoint = entry.endpoint() else { return nil }
      names.claim(endpoint, for: owner, at: entry)
      return endpoint
    }
  }

  private func parking(_ entry: Entry) -> Parking? {
    guard let mapping = entry.mapping(keys: ["number", "slots", "timeoutSeconds"]) else { return nil }
    let timeout = mapping["timeoutSeconds"]?.integer(in: 1...3600)
    let numberEntry = mapping.required("number")
    let number = numberEntry?.internalNumber()
    let slots = mapping.required("slots")?.parsed(as: "a range of slots, as 701-720", Self.slots)
    guard let numberEntry, let number, let slots else { return nil }
    names.define(number, as: .parking, at: numberEntry)
    if let slotsEntry = mapping["slots"] {
      for slot in slots { names.define(String(slot), as: .parking, at: slotsEntry) }
    }
    var parking = Parking(number: number, slots: slots)
    parking.timeoutSeconds = timeout
    return parking
  }

  /// `701-720`; no more than 1,000 slots.
  private static func slots(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    let areNumbers = ends.allSatisfy { $0.isDigits(1...9) }
    guard areNumbers, ends.count == 2, let low = Int(ends[0]), let high = Int(ends[1]), low <= high, high - low < 1000
    else { return nil }
    return low...high
  }

  private func featureCodes(_ entry: Entry) -> [FeatureCode] {
    entry.dictionary(of: "codes and functions").compactMap { item in
      let pattern = item.keyEntry.dialPattern()
      let function = item.value.choice(of: FeatureCode.Function.self)
      guard let pattern, let function else { return nil }
      names.addPattern(pattern, at: item.keyEntry)
      return FeatureCode(pattern: pattern, function: function)
    }
  }
}
