import HardwareProfiles
import Primitives

/// The numbers on the box's label, invented from a seed.
struct SystemIdentity: Sendable {
  let model: String
  let hardwareRevision: String
  let firmware: String
  let mac: String
  let serialNumber: String
  let partNumber: String

  /// The prefix of the vendor's network cards, and the begin of its part numbers (observed).
  private static let macPrefix = "C0:74:AD"
  private static let partPrefix = "966000"
  /// Where the profile does not say which firmware it is (assumed: none in particular).
  private static let unknownFirmware = "1.0.0.0"

  init(profile: Profile, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    model = profile.model
    hardwareRevision = profile.traits.hardwareRevision?.value ?? ""
    firmware = profile.firmware ?? Self.unknownFirmware
    let digits = Array(random.hexadecimal(6).uppercased())
    mac = Self.macPrefix + ":" + [0, 2, 4].map { String(digits[$0...($0 + 1)]) }.joined(separator: ":")
    serialNumber = "20" + random.hexadecimal(8).uppercased()
    partNumber = Self.partPrefix + String(10_000 + random.next() % 90_000)
  }
}
