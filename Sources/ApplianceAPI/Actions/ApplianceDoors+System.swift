import JSON
import Primitives

// Keys of both answers are those of a 6302 (observed).
extension ApplianceDoors {
  static func systemStatus(of state: some ApplianceState) -> JSONValue {
    let system = state.system
    let up = max(0, (state.now - system.bootedAt).wholeSeconds)
    return [
      "part-number": .string(system.partNumber), "serial-number": .string(system.serialNumber),
      "up-time": .string(duration(up)),
      // The appliance idles while no call is up; that this is what the field says is assumed.
      "idle-time": .string(duration(0)),
      "system-time": .string(systemTime(state.now, in: state.timeZone)), "bindcode": "",
      "mac": .string(system.mac),
    ]
  }

  static func generalStatus(of system: SystemFacts) -> JSONValue {
    // Two spaces between them (observed).
    let product = system.hardwareRevision.isEmpty ? system.model : system.model + "  " + system.hardwareRevision
    let version = JSONValue.string(system.firmware)
    return [
      "product-model": .string(product), "base-version": version, "prog-version": version, "boot-version": version,
      "core-version": version, "rcvr-version": version, "lang-version": version, "gswave-version": version,
    ]
  }

  /// Names of the keys are not known: assumed to be those of the limits themselves.
  static func featureLimits(of state: some ApplianceState) -> JSONValue {
    .object(
      state.limits.map { limit in
        .init(
          limit.name,
          ["limit": .optional(limit.limit.map(Int64.init)), "in_use": .integer(Int64(limit.inUse))])
      })
  }

  /// `00:42:53`, and with days in front `2 03:04:05`.
  static func duration(_ seconds: Int64) -> String {
    let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(twoDigits).joined(separator: ":")
    let days = seconds / 86_400
    return days == 0 ? clock : "\(days) \(clock)"
  }

  /// `23-11-2022 14:37:26 UTC+00:00`.
  static func systemTime(_ instant: Instant, in zone: SiteTimeZone) -> String {
    let local = zone.local(instant)
    let offset = zone.offsetSeconds(at: instant)
    let (hours, minutes) = (Int64(abs(offset) / 3600), Int64(abs(offset) / 60 % 60))
    let date = "\(twoDigits(Int64(local.day)))-\(twoDigits(Int64(local.month)))-\(local.year)"
    let time = [local.hour, local.minute, local.second].map { twoDigits(Int64($0)) }.joined(separator: ":")
    return "\(date) \(time) UTC\(offset < 0 ? "-" : "+")\(twoDigits(hours)):\(twoDigits(minutes))"
  }

  private static func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
