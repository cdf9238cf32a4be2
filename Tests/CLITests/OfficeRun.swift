import TestSupport
import Testing

/// A run of the office's morning: 44 calls, whose clock shows Berlin's time.
func officeRun() throws -> TemporaryDirectory {
  let folder = try TemporaryDirectory()
  let run = try Program.run([
    "replay", Program.fixture("office-morning"), "--model", "UCM6304", "--site", Program.site, "--crm", "none", "--out",
    folder.path("run"),
  ])
  #expect(run.status == 0)
  return folder
}
