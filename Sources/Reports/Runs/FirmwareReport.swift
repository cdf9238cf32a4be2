public import HardwareProfiles
public import JSON
import Primitives

/// Firmware and the CRM systems of its menu as records, one for each system.
public enum FirmwareReport {
  /// One system of a firmware's menu; without one where the menu is not known, or empty.
  public struct Row: Hashable, Sendable {
    /// The firmware.
    public let firmware: Firmware
    /// The system; nil for a firmware whose menu is not known, or empty.
    public let offer: CRMOffer?
  }

  /// A row for each system of the menu, and one without for a menu that is not known, so that no firmware is missing.
  public static func rows(_ firmware: Firmware) -> [Row] {
    let offers = firmware.crm ?? []
    return offers.isEmpty
      ? [Row(firmware: firmware, offer: nil)] : offers.map { Row(firmware: firmware, offer: $0) }
  }

  /// Titles of `texts(_:)`, and how wide each is on a terminal; 0 for the last, which takes the rest.
  public static let columns: [(title: String, width: Int)] = [
    ("firmware", 10), ("system", 12), ("menuName", 14), ("asksSecurityToken", 17), ("certainty", 10),
    ("confidence", 10), ("source", 0),
  ]

  /// One text for each of `columns`.
  public static func texts(_ row: Row) -> [String] {
    guard let offer = row.offer else {
      return [row.firmware.name, row.firmware.crm == nil ? ProfileFact.unknown : "none", "", "", "", "", ""]
    }
    return [
      row.firmware.name, offer.system, offer.menuName, offer.asksSecurityToken ? "yes" : "no",
      offer.certainty.rawValue, offer.confidence.rawValue, offer.source + (offer.note.map { "; " + $0 } ?? ""),
    ]
  }

  /// The same as an object; every part of a system that is not known is null.
  public static func json(_ row: Row) -> JSONValue {
    let offer = row.offer
    return [
      "firmware": .string(row.firmware.name), "system": .optional(offer?.system),
      "menuName": .optional(offer?.menuName),
      "asksSecurityToken": offer.map { .bool($0.asksSecurityToken) } ?? .null,
      "certainty": .optional(offer?.certainty.rawValue), "confidence": .optional(offer?.confidence.rawValue),
      "source": .optional(offer?.source), "note": .optional(offer?.note),
    ]
  }

  /// What the firmware makes of any model it runs on: its traits as facts, without those it leaves to the model.
  public static func facts(of firmware: Firmware) -> [ProfileFact] {
    TraitName.allCases.flatMap { ProfileFact.facts(of: firmware.traits, $0) }.filter { $0.value != nil }
  }

  /// What is to be said of a run with a CRM system on this firmware; nil for one its menu surely has.
  ///
  /// - Parameter system: by its command-line name.
  public static func remark(on firmware: Firmware, system: String) -> String? {
    guard let menu = firmware.crm else {
      return "whether firmware \(firmware.name) offers \(system) is not known; the run goes on as if it did"
    }
    guard let offer = firmware.offer(of: system) else {
      let names = menu.map(\.menuName).joined(separator: ", ")
      return "firmware \(firmware.name) offers no \(system) (its menu: \(names.isEmpty ? "nothing" : names)); "
        + "the run goes on as if it did"
    }
    guard offer.certainty == .assumed else { return nil }
    return "that firmware \(firmware.name) offers \(offer.menuName) is assumed (\(offer.source))"
  }
}
