import CRMConnectors
import HardwareProfiles
import Primitives

/// A file of `firmware/` before the families are known.
struct FirmwareReader {
  /// The appliance's menu had it, and no client of it is simulated.
  static let unsimulated = ["act"]

  let firmware: Firmware
  private let families: [(name: String, entry: Entry)]

  init?(_ root: Entry, known: [Firmware]) {
    guard let mapping = root.mapping(keys: ["firmware", "displayName", "families", "crm", "traits"]),
      let nameEntry = mapping.required("firmware"), let name = nameEntry.profileName()
    else { return nil }
    let displayName = mapping.required("displayName")?.text()
    if known.contains(where: { $0.name.lowercased() == name.lowercased() }) {
      nameEntry.report("the firmware `\(name)` is described twice", remedy: "keep one file")
    }
    families = mapping.list("families").compactMap { entry in entry.profileName().map { ($0, entry) } }
    firmware = Firmware(
      name: name, displayName: displayName ?? name, families: mapping["families"] == nil ? nil : families.map(\.name),
      crm: mapping["crm"].map(Self.menu), traits: mapping["traits"].map(TraitReader.traits) ?? ModelTraits())
  }

  /// Reports families that nobody described.
  func check(_ tree: FamilyTree) {
    for (name, entry) in families { _ = tree.family(named: name, at: entry) }
  }

  private static func menu(_ entry: Entry) -> [CRMOffer] {
    var offers: [CRMOffer] = []
    for entry in entry.list() {
      guard let offer = offer(entry) else { continue }
      if offers.contains(where: { $0.system == offer.system }) {
        entry.report("the system `\(offer.system)` stands twice in one menu", remedy: "keep one entry")
      }
      offers.append(offer)
    }
    return offers
  }

  private static func offer(_ entry: Entry) -> CRMOffer? {
    guard let mapping = entry.mapping(keys: ["system", "menuName", "asksSecurityToken"] + Provenance.keys)
    else { return nil }
    let names = CRMSystem.allCases.filter { $0 != .described }.map(\.rawValue) + unsimulated
    let system = mapping.required("system")?.choice(among: names)
    let menuName = mapping.required("menuName")?.text()
    let asksSecurityToken = mapping["asksSecurityToken"]?.boolean() ?? false
    guard let provenance = Provenance(mapping), let system, let menuName else { return nil }
    return CRMOffer(
      system: system, menuName: menuName, asksSecurityToken: asksSecurityToken, source: provenance.source,
      certainty: provenance.certainty, confidence: provenance.confidence, note: provenance.note)
  }
}
