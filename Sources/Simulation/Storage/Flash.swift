import HardwareProfiles
import PBXModel
import Primitives

/// How full the appliance's flash is with CDRs and recordings, in numbers: the rows themselves are somebody else's.
struct Flash: Sendable {
  /// Rows are counted by when their call's last row began, a quarter of an hour at a time: clocks of all zones differ
  /// by whole quarters, so that a cleaner's hour never falls into one.
  private static let slotSeconds: Int64 = 900

  private let storage: SiteStorage
  private let settings: ApplianceSettings
  /// Rows stored, of this run and not cleaned away.
  private(set) var rows = 0
  private var recordingBytes = 0
  /// By the number of the quarter; kept where a cleaner may ask for them.
  private var rowsBySlot: [Int64: Int] = [:]
  /// `Disk Usage` was raised and not restored.
  private(set) var isAlerted = false

  init(storage: SiteStorage, settings: ApplianceSettings) {
    self.storage = storage
    self.settings = settings
  }

  /// Bytes in use; the largest number there is where they are more.
  var usedBytes: Int {
    let (bytes, overflow) = rows.multipliedReportingOverflow(by: settings.bytesPerCDRRow)
    let (sum, more) = bytes.addingReportingOverflow(recordingBytes)
    let (all, evenMore) = sum.addingReportingOverflow(storage.usedBytes)
    return overflow || more || evenMore ? .max : all
  }

  /// Why one call's rows cannot be stored; nil when they can.
  func shortage(forRows count: Int) -> RowLoss? {
    if let most = storage.cdrRowsMax, count > most - min(rows, most) { return .tableFull }
    guard let capacity = storage.flashBytes else { return nil }
    let (needed, overflow) = count.multipliedReportingOverflow(by: settings.bytesPerCDRRow)
    return overflow || needed > capacity - min(usedBytes, capacity) ? .diskFull : nil
  }

  /// - Parameter start: of the call's last row.
  mutating func add(rows count: Int, startedAt start: Instant) {
    rows += count
    if storage.cleaning.isEnabled { rowsBySlot[Self.slot(start), default: 0] += count }
  }

  /// A recording; what does not fit is cut off.
  mutating func addRecording(seconds: Int64) {
    let (bytes, overflow) = Int(clamping: max(0, seconds))
      .multipliedReportingOverflow(by: settings.recordingBytesPerSecond)
    let room = storage.flashBytes.map { $0 - min(usedBytes, $0) } ?? Int.max - recordingBytes
    recordingBytes += overflow ? room : min(bytes, room)
  }

  /// Rows that were gathered and are lost with the power.
  mutating func remove(rows count: Int, startedAt start: Instant) {
    rows = max(0, rows - count)
    let slot = Self.slot(start)
    if let there = rowsBySlot[slot] { rowsBySlot[slot] = there > count ? there - count : nil }
  }

  /// The cleaner runs: what is older than its interval goes. The number of rows that went.
  mutating func clean(at now: Instant) -> Int {
    let oldest = Self.slot(now + .seconds(-86_400 * Int64(storage.cleaning.intervalDays)))
    var removed = 0
    for (slot, count) in rowsBySlot where slot < oldest {
      removed += count
      rowsBySlot[slot] = nil
    }
    rows = max(0, rows - removed)
    return removed
  }

  /// Whether the alert is raised (true) or restored (false) by what is in use now; nil for no change.
  ///
  /// Raised at `diskUsageAlertPercent`, restored only below `diskUsageRestorePercent`, so that it does not flutter.
  mutating func alertChange() -> Bool? {
    guard let capacity = storage.flashBytes, capacity > 0 else { return nil }
    let percent = usePercent(of: capacity)
    if !isAlerted, percent >= settings.diskUsageAlertPercent {
      isAlerted = true
      return true
    }
    if isAlerted, percent < settings.diskUsageRestorePercent {
      isAlerted = false
      return false
    }
    return nil
  }

  /// Whole percent in use, cut; nil where the size is not known.
  var usePercent: Int? { storage.flashBytes.flatMap { $0 > 0 ? usePercent(of: $0) : nil } }

  private func usePercent(of capacity: Int) -> Int {
    let (hundredfold, overflow) = min(usedBytes, capacity).multipliedReportingOverflow(by: 100)
    return overflow ? min(usedBytes, capacity) / max(1, capacity / 100) : hundredfold / capacity
  }

  private static func slot(_ instant: Instant) -> Int64 {
    let seconds = instant.seconds
    return seconds >= 0 ? seconds / slotSeconds : -((slotSeconds - 1 - seconds) / slotSeconds)
  }
}

extension SiteStorage {
  /// What the site does not say is the model's, where that is known.
  func completed(by profile: Profile) -> SiteStorage {
    var storage = self
    storage.flashBytes = flashBytes ?? profile.limit(.storage)?.value
    storage.cdrRowsMax = cdrRowsMax ?? profile.limit(.cdrRecords)?.value
    return storage
  }
}

/// Why rows of a call were not stored.
public enum RowLoss: String, Hashable, Sendable, CaseIterable {
  /// No room on the flash.
  case diskFull
  /// As many rows as the table may have.
  case tableFull
}
