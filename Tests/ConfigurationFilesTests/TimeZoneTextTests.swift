import ConfigurationFiles
import PBXModel
import Primitives
import Testing

@Suite struct TimeZoneTextTests {
  @Test(arguments: [
    ("UTC", 1_800_000_000, 0), ("Europe/Berlin", 1_774_745_999, 3600), ("Europe/Berlin", 1_774_746_000, 7200),
    ("America/New_York", 1_772_953_199, -18_000), ("America/New_York", 1_772_953_200, -14_400),
    // Changes that have nothing to do with summer time: Moscow on 2014-10-26, Samoa over the date line in 2011.
    ("Europe/Moscow", 1_414_274_399, 14_400), ("Europe/Moscow", 1_414_274_400, 10_800),
    ("Pacific/Apia", 1_325_239_199, -36_000), ("Pacific/Apia", 1_325_239_200, 50_400),
    ("Asia/Kathmandu", 1_800_000_000, 20_700), ("Etc/GMT+5", 1_800_000_000, -18_000),
    ("MTZ+6MDT+5,M4.1.0,M11.1.0", 1_775_376_000, -18_000), ("EST5EDT", 1_772_953_200, -14_400),
  ])
  func aZoneOfAnyFormIsRead(written: String, seconds: Int64, offset: Int) throws {
    let site = try SiteFile.read(text: "timeZone: \(written)", path: "site.yaml").site
    #expect(site.timeZone.offsetSeconds(at: Instant(seconds: seconds)) == offset)
    #expect(site.timeZone.name == written)
  }

  @Test(arguments: [
    "Europe/Berlni", "Mars/Olympus", "MTZ+6MDT+5,M4.1.0", "\"\"", "[UTC]", "utc+1", "GMT-3", "../../etc/passwd",
  ])
  func aZoneThatIsNoneIsRefused(written: String) {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try SiteFile.read(text: "timeZone: \(written)", path: "site.yaml")
    }
    #expect(errors?.all.count == 1)
    #expect(errors?.first.keyPath == "timeZone")
    #expect((errors?.first.line, errors?.first.column) == (1, 11))
  }
}
