import CRMConnectors
import HardwareProfiles
import Primitives

/// A file of `firmware/`.
enum FirmwareReader {
  /// The appliance's menu had it, and no client of it is simulated.
  static let unsimulated = ["act"]

  static func read(_ root: Entry, known: [Firmware]) -> Firmware? {
    guard let mapping = root.mapping(keys: ["firmware", "displayName", "crm"]),
      let nameEntry = mapping.required("firmware"), let name = nameEntry.profileName()
    else { return nil }
    let displayName = mapping.required("displayName")?.text()
    if known.contains(where: { $0.name.lowercased() == name.lowercased() }) {
      nameEntry.report("the firmware `\(name)` is described twice", remedy: "keep one file")
    }
    var offers: [CRMOffer] = []
    for entry in mapping.list("crm") {
      guard let offer = offer(entry) else { continue }
      if offers.contains(where: { $0.system == offer.system }) {
        entry.report("the system `\(offer.system)` stands twice in one menu", remedy: "keep one entry")
      }
      offers.append(offer)
    }
    return Firmware(name: name, displayName: displayName ?? name, crm: offers)
  }

  private static func offer(_ entry: Entry) -> CRMOffer? {
    let keys = ["system", "menuName", "asksSecurityToken", "source", "certainty", "confidence", "note"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let names = CRMSystem.allCases.filter { $0 != .described }.map(\.rawValue) + unsimulated
    let system = mapping.required("system")?.choice(among: names)
    let menuName = mapping.required("menuName")?.text()
    let asksSecurityToken = mapping["asksSecurityToken"]?.boolean() ?? false
    let note = mapping["note"]?.text(maxLength: 1024)
    guard let provenance = Provenance(mapping), let system, let menuName else { return nil }
    return CRMOffer(
      system: system, menuName: menuName, asksSecurityToken: asksSecurityToken, source: provenance.source,
      certainty: provenance.certainty, confidence: provenance.confidence, note: note)
  }
}
