public import HardwareProfiles
public import JSON
import Primitives

/// Firmware and the CRM systems of its menu as records, one for each system.
public enum FirmwareReport {
  /// Titles of `texts(_:_:)`, and how wide each is on a terminal; 0 for the last, which takes the rest.
  public static let columns: [(title: String, width: Int)] = [
    ("firmware", 10), ("system", 12), ("menuName", 14), ("asksSecurityToken", 17), ("certainty", 10),
    ("confidence", 10), ("source", 0),
  ]

  /// One text for each of `columns`.
  public static func texts(_ firmware: Firmware, _ offer: CRMOffer) -> [String] {
    [
      firmware.name, offer.system, offer.menuName, offer.asksSecurityToken ? "yes" : "no", offer.certainty.rawValue,
      offer.confidence.rawValue, offer.source + (offer.note.map { "; " + $0 } ?? ""),
    ]
  }

  /// The same as an object.
  public static func json(_ firmware: Firmware, _ offer: CRMOffer) -> JSONValue {
    [
      "firmware": .string(firmware.name), "system": .string(offer.system), "menuName": .string(offer.menuName),
      "asksSecurityToken": .bool(offer.asksSecurityToken), "certainty": .string(offer.certainty.rawValue),
      "confidence": .string(offer.confidence.rawValue), "source": .string(offer.source), "note": .optional(offer.note),
    ]
  }

  /// What is to be said of a run with a CRM system on this firmware; nil for one its menu surely has.
  ///
  /// - Parameter system: by its command-line name.
  public static func remark(on firmware: Firmware, system: String) -> String? {
    guard let offer = firmware.offer(of: system) else {
      let menu = firmware.crm.map(\.menuName).joined(separator: ", ")
      return "firmware \(firmware.name) offers no \(system) (its menu: \(menu.isEmpty ? "nothing" : menu)); "
        + "the run goes on as if it did"
    }
    guard offer.certainty == .assumed else { return nil }
    return "that firmware \(firmware.name) offers \(offer.menuName) is assumed (\(offer.source))"
  }
}
