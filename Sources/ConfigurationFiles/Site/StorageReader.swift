import PBXModel

/// The `storage:` of a site file: flash, cleaner, and when rows become durable.
enum StorageReader {
  private static let bytesRange = 0...(1 << 50)

  static func storage(_ entry: Entry) -> SiteStorage {
    var storage = SiteStorage()
    let keys = ["flashBytes", "usedBytes", "cdrRowsMax", "cdrCleaner", "commit"]
    guard let mapping = entry.mapping(keys: keys) else { return storage }
    storage.flashBytes = mapping["flashBytes"]?.integer(in: bytesRange)
    storage.usedBytes = mapping["usedBytes"]?.integer(in: bytesRange) ?? 0
    if let used = mapping["usedBytes"], let flash = storage.flashBytes, storage.usedBytes > flash {
      used.report("more is in use than there is", remedy: "flashBytes is \(flash)")
    }
    storage.cdrRowsMax = mapping["cdrRowsMax"]?.integer(in: 0...1_000_000_000)
    storage.cleaning = mapping["cdrCleaner"].map(cleaning) ?? storage.cleaning
    storage.commit = mapping["commit"].flatMap(commit) ?? storage.commit
    return storage
  }

  private static func cleaning(_ entry: Entry) -> CDRCleaning {
    var cleaning = CDRCleaning()
    guard let mapping = entry.mapping(keys: ["enabled", "hourOfDay", "intervalDays"]) else { return cleaning }
    cleaning.isEnabled = mapping["enabled"]?.boolean() ?? true
    cleaning.hourOfDay = mapping["hourOfDay"]?.integer(in: CDRCleaning.hourRange) ?? cleaning.hourOfDay
    cleaning.intervalDays = mapping["intervalDays"]?.integer(in: CDRCleaning.intervalRange) ?? cleaning.intervalDays
    return cleaning
  }

  private static func commit(_ entry: Entry) -> CDRCommit? {
    guard let mapping = entry.mapping(keys: ["mode", "rows", "seconds"]) else { return nil }
    guard let mode = mapping.required("mode")?.choice(among: ["eachCall", "batch"]) else { return nil }
    let rows = mapping["rows"]?.integer(in: CDRCommit.batchRange)
    let seconds = mapping["seconds"]?.integer(in: CDRCommit.batchRange)
    guard mode == "batch" else {
      for key in ["rows", "seconds"] {
        mapping[key]?.report("is of a batch", remedy: "write `mode: batch`, or leave it out")
      }
      return .eachCall
    }
    guard case .batch(let usualRows, let usualSeconds) = CDRCommit.batchDefault else { return nil }
    return .batch(rows: rows ?? usualRows, seconds: seconds ?? usualSeconds)
  }
}
