import ArgumentParser
import CDRStorage
import PBXModel
import Primitives

extension CDRCommand {
  /// `ucmsim cdr clean`: the appliance's cleaner, by hand.
  struct Clean: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clean",
      abstract: "Remove old calls as the appliance's cleaner does.",
      discussion: """
        A call goes with all its rows. Nothing is removed unless --older-than or --keep is given: the cleaner is off \
        by default. Without --at, age is counted from the start of the last row.

        Examples:
          ucmsim cdr clean run --older-than 30 --dry-run
          ucmsim cdr clean run --older-than 7 --hour 3 --at '2026-11-21 12:00'
          ucmsim cdr clean run --keep 100000
        """)

    @OptionGroup var database: CDRDatabase

    @Option(help: ArgumentHelp("Remove calls that began more than 1 to 30 days before.", valueName: "days"))
    var olderThan: Int?

    @Option(help: ArgumentHelp("Remove all calls but those of so many newest rows.", valueName: "rows"))
    var keep: Int?

    @Option(
      help: ArgumentHelp("The time it is, in the forms of cdr --from.", valueName: "time"), transform: TimeText.option)
    var at: TimeText?

    @Option(
      help: ArgumentHelp("Count age from the last time the site's clock showed this hour, 0 to 23.", valueName: "hour"))
    var hour: Int?

    @Flag(help: "Say what would be removed, and remove nothing.")
    var dryRun = false

    mutating func validate() throws {
      guard (olderThan == nil) != (keep == nil) else {
        throw ValidationError("Give --older-than or --keep, one of them.")
      }
      if let olderThan, !CDRCleaning.intervalRange.contains(olderThan) {
        throw ValidationError("--older-than is 1 to 30 days.")
      }
      if let keep, keep < 0 { throw ValidationError("--keep is 0 or more.") }
      if let hour, !CDRCleaning.hourRange.contains(hour) { throw ValidationError("--hour is 0 to 23.") }
    }

    func run() throws {
      var cleaning = CDRCleaning()
      cleaning.intervalDays = olderThan ?? cleaning.intervalDays
      cleaning.rowsKept = keep
      cleaning.hourOfDay = hour ?? cleaning.hourOfDay
      do throws(CDRStoreError) {
        let zone = try CDRArchive(path: database.path).timeZone
        let store = try CDRStore(path: database.path, existing: .append, timeZone: zone)
        let latest = try store.latestStart()
        var now = at?.first(in: zone) ?? latest ?? .epoch
        if hour != nil { now = cleaning.hourBegin(atOrBefore: now, in: zone) }
        let removal = try store.clean(cleaning, at: now, isRehearsal: dryRun)
        try store.close()
        StandardOutput.shared.append(
          "\(dryRun ? "would remove" : "removed") \(removal.rows) \(removal.rows == 1 ? "row" : "rows") of "
            + "\(removal.calls) \(removal.calls == 1 ? "call" : "calls")\n")
      } catch { throw error.complaint }
      try StandardOutput.shared.flush()
    }
  }
}
