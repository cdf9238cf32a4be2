import PBXModel

/// The `assumptions:` of a site file: what the appliance does where no document settles it.
enum AssumptionsReader {
  static func settings(_ entry: Entry) -> ApplianceSettings {
    var settings = ApplianceSettings()
    guard let mapping = entry.mapping(keys: ApplianceSetting.allCases.map(\.rawValue)) else { return settings }
    for setting in ApplianceSetting.allCases {
      guard let value = mapping[setting.rawValue] else { continue }
      switch setting.kind {
      case .number(let path, let range):
        if let number = value.integer(in: range) { settings[keyPath: path] = number }
      case .flag(let path):
        if let flag = value.boolean() { settings[keyPath: path] = flag }
      case .answer(let path):
        if let answer = answer(value) { settings[keyPath: path] = answer }
      case .registration(let path):
        if let excess = value.choice(of: ExcessRegistration.self) { settings[keyPath: path] = excess }
      }
    }
    if settings.diskUsageRestorePercent > settings.diskUsageAlertPercent {
      entry.report(
        "Disk Usage would be restored at \(settings.diskUsageRestorePercent) % and raised at "
          + "\(settings.diskUsageAlertPercent) %", remedy: "diskUsageRestorePercent must not be the larger one")
    }
    if settings.callLogRetrySeconds > settings.callLogRetrySecondsMax {
      entry.report(
        "the first wait of \(settings.callLogRetrySeconds) s is longer than the longest, "
          + "\(settings.callLogRetrySecondsMax) s", remedy: "callLogRetrySeconds must not be the larger one")
    }
    return settings
  }

  /// A final answer other than success, and a cause of ITU-T Q.850.
  private static func answer(_ entry: Entry) -> RefusalAnswer? {
    guard let mapping = entry.mapping(keys: ["status", "cause"]) else { return nil }
    guard let status = mapping.required("status")?.integer(in: 300...699),
      let cause = mapping.required("cause")?.integer(in: 1...127)
    else { return nil }
    return RefusalAnswer(status: status, cause: cause)
  }
}
