import ArgumentParser
import CRMCloud
import CRMConnectors
import CloudServer
import CloudStorage
import ConfigurationFiles
import Glibc
import Primitives

/// What a cloud holds, by which clock it lives, and what goes wrong with it.
struct CloudContentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the CRM holds at its beginning (YAML); otherwise an empty organisation.", valueName: "file"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "A connector's file (YAML), whose examples make a cloud for its host besides.", valueName: "file"))
  var connector: String?

  @Option(
    help: ArgumentHelp(
      "Folder for the certificate and cloud.sqlite, which survives the end of the program.", valueName: "folder"))
  var state: String?

  @Option(help: "Number from which every invented id and token follows.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "The cloud's time at the start, as 2019-06-02T09:00:00Z, or `requests`: the time each request of a replay tells.",
      valueName: "time"))
  var clock: String?

  @Option(help: ArgumentHelp("Script of what goes wrong (YAML).", valueName: "file"))
  var faults: String?

  mutating func validate() throws {
    guard let clock, clock != "requests" else { return }
    guard OffsetTimestamp(clock) != nil else {
      throw ValidationError("--clock takes a time as 2019-06-02T09:00:00Z, or `requests`.")
    }
  }

  func cloud(journal: CloudJournal?) throws -> ServedCloud<CRMClouds> {
    let rules = try faults.map(FaultScriptText.read) ?? []
    let beginning: CRMClouds
    var read = try data.map { try CloudDataText.read($0) } ?? CloudDataFile()
    read.contents.described = try described()
    do throws(CloudContentsError) {
      beginning = try CRMClouds(read.contents, seed: seed)
    } catch {
      throw Complaint("\(data ?? "the cloud's data"): \(error.description)", .unusableInput)
    }
    do throws(CloudStoreError) {
      return try ServedCloud(
        beginning, clock: startClock(), faults: rules, seed: seed, archive: try archive(), journal: journal,
        wall: { WallTime.now })
    } catch { throw error.complaint }
  }

  private func described() throws -> DescribedCloudContents? {
    try connector.map { path in
      let file = try ConnectorText.read(path)
      do throws(ConnectorSettingsError) { return try file.cloud() } catch {
        throw Complaint("\(path): \(error.description); the examples' parameters are needed", .unusableInput)
      }
    }
  }

  private func startClock() -> CloudClock? {
    if clock == "requests" { return .followingRequests }
    let start = clock.flatMap { OffsetTimestamp($0) }
    return start.map { CloudClock(startingAt: Instant(seconds: $0.seconds), wall: WallTime.now) }
  }

  private func archive() throws(CloudStoreError) -> CloudArchive<CRMClouds>? {
    guard let state else { return nil }
    if mkdir(state, 0o700) != 0, errno != EEXIST {
      throw CloudStoreError(.unwritable, path: state, message: String(cString: strerror(errno)))
    }
    return CloudArchive(try CloudStore(path: state + "/cloud.sqlite"))
  }

  /// The same readers for what an administrator sends.
  var reading: AdminReading {
    AdminReading(
      data: { (text) throws(AdminReading.Failure) in
        let file: CloudDataFile
        do throws(ConfigurationErrors) {
          file = try CloudDataFile.read(text: text, path: "data")
        } catch { throw AdminReading.Failure(error.description) }
        guard file.settings == ZohoCloudSettings() else {
          throw AdminReading.Failure("data: settings: a cloud that runs keeps its switches; write them in --data")
        }
        return file.contents
      },
      faults: { (text) throws(AdminReading.Failure) in
        do throws(ConfigurationErrors) { return try FaultScriptFile.read(text: text, path: "faults") } catch {
          throw AdminReading.Failure(error.description)
        }
      })
  }
}
