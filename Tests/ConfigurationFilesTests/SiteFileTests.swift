import CRMConnectors
import ConfigurationFiles
import PBXModel
import Primitives
import Testing

@Suite struct SiteFileTests {
  private static func full() throws -> SiteFile {
    let file = Fixtures.files(in: "fixtures/configuration/good", ending: "full-site.yaml")
    return try SiteFile.read(text: try #require(file.first).text, path: "full-site.yaml")
  }

  private static func endpoint(_ address: String, _ port: UInt16) throws -> IPEndpoint {
    IPEndpoint(address: try #require(IPAddress(address)), port: port)
  }

  @Test func thePBXAndItsTimes() throws {
    let site = try Self.full().site
    #expect(site.pbxAddresses == [try Self.endpoint("192.0.2.1", 5060), try Self.endpoint("2001:db8::1", 5060)])
    #expect(site.timeZone.name == "Europe/Berlin")
    #expect(site.concurrentRegistrations == 3 && site.ringTimeoutSeconds == 60 && site.sessionTimerSeconds == 1800)
    #expect(site.cdr.logsUnanswered && !site.cdr.logsCongestion)
    #expect(site.conferenceRooms == ["6300"])
    #expect(site.parking?.number == "700" && site.parking?.slots == 701...720 && site.parking?.timeoutSeconds == 12)
  }

  @Test func flashCleanerAndCommit() throws {
    let storage = try Self.full().site.storage
    #expect(storage.flashBytes == 8_000_000_000 && storage.usedBytes == 1_000_000 && storage.cdrRowsMax == 100_000)
    #expect(storage.cleaning.isEnabled && storage.cleaning.hourOfDay == 3 && storage.cleaning.intervalDays == 30)
    #expect(storage.commit == .batch(rows: 100, seconds: 60))
  }

  @Test func whatNobodyHasDocumented() throws {
    let settings = try Self.full().site.assumptions
    #expect(settings.retrySeconds == 0 && !settings.looksUpOutboundCalls)
    #expect(settings.callLimitAnswer == RefusalAnswer(status: 486, cause: 17))
    #expect(
      settings.changed.map(\.setting.rawValue)
        == ["looksUpOutboundCalls", "whenRegistrationsExceed", "callLimitAnswer", "retrySeconds"])
    #expect(Site().assumptions.changed.isEmpty)
  }

  /// Every setting can be written, and each changes itself alone.
  @Test(arguments: ApplianceSetting.allCases) func everySettingCanBeWritten(setting: ApplianceSetting) throws {
    let usual = ApplianceSettings()
    let text =
      switch setting.kind {
      case .number(let path, let range):
        String(usual[keyPath: path] == range.upperBound ? range.upperBound - 1 : usual[keyPath: path] + 1)
      case .flag(let path): String(!usual[keyPath: path])
      case .answer: "{status: 603, cause: 21}"
      case .registration: "dropOldest"
      }
    let file = try SiteFile.read(text: "assumptions:\n  \(setting.rawValue): \(text)\n", path: "site.yaml")
    #expect(file.site.assumptions.changed.map(\.setting) == [setting])
  }

  @Test func extensionsWithTheirForwards() throws {
    let extensions = try Self.full().site.extensions
    #expect(extensions.map(\.number) == ["1000", "1001", "1002"])
    #expect(extensions[0].hasVoicemail && extensions[0].registers && extensions[0].hasCallWaiting)
    #expect(extensions[0].ringTimeoutSeconds == 12 && extensions[0].concurrentRegistrations == 1)
    #expect(extensions[1].name == "Bob \"Bobby\" Brown")
    #expect(!extensions[1].registers && !extensions[1].hasCallWaiting)
    #expect(extensions[1].addresses == [try Self.endpoint("192.0.2.101", 0)])
    #expect(extensions[2].followMe == ["1001", "+493000005502"])
    #expect(extensions[1].forwardBusy == "1000" && extensions[1].forwardNoAnswer == "+493000005501")
    #expect(extensions[2].hasDoNotDisturb && extensions[2].forwardAlways == "6400")
  }

  @Test func trunksAndRoutes() throws {
    let site = try Self.full().site
    #expect(site.trunks.map(\.index) == [1, 7])
    #expect(site.trunks.map(\.kind) == [.peer, .register])
    #expect(site.trunks[0].outgoingCallsMax == 6 && site.trunks[0].incomingCallsMax == 30)
    #expect(site.trunks[0].outboundCallerID == "+4930000{extension}" && site.trunks[0].isCallerIDInCDR)
    #expect(site.trunks[1].addresses.count == 2)
    #expect(site.inboundRoutes.map(\.destination) == [.byDID(strip: 7), .ivr("7000"), .hangUp])
    #expect(site.inboundRoutes.map(\.keepsDIDInCDR) == [false, true, false])
    #expect(site.inboundRoutes[0].trunks == ["carrier-one"])
    #expect(site.outboundRoutes.map(\.index) == [1, 4])
    #expect(site.outboundRoutes[0].patterns.map(\.text) == ["9.", "0[1-9]."])
    #expect(site.outboundRoutes[0].strip == 1 && site.outboundRoutes[0].prepend == "+49")
  }

  @Test func whatLimitsAreHeldAgainst() throws {
    let site = try Self.full().site
    #expect(site.whenRegistrationsExceed == .dropOldest)
    #expect(site.localNetworks == [IPNetwork("192.0.2.0/24"), IPNetwork("2001:db8::/32")])
    #expect(site.channelsPerDigitalPort == 23)
    #expect(site.extensions.map(\.autoRecord) == [.external, .off, .off])
    #expect(site.trunks.map(\.line) == [.voip, .fxo])
    #expect(site.trunks.map(\.concurrentCallsAlert) == [20, nil])
    #expect(site.trunks.map(\.autoRecord) == [.all, .off])
    #expect(site.outboundRoutes.map(\.failover) == [["carrier-two"], []])
  }

  @Test(arguments: ["+49300001000", "49300001000"])
  func aDIDLeadsToTheSameExtensionWithAndWithoutItsPlus(number: String) throws {
    let site = try Self.full().site
    #expect(site.numbers(of: site.inboundRoutes[0].destination, dialled: number) == ["1000"])
  }

  @Test func groupsQueuesAndMenus() throws {
    let site = try Self.full().site
    #expect(site.ringGroups.map(\.strategy) == [.simultaneous, .inOrder])
    #expect(site.ringGroups[1].members == ["1002", "+493000005502"])
    let queue = try #require(site.queues.first)
    #expect(queue.ringSeconds == 6 && queue.retrySeconds == 1 && queue.waitSecondsMax == 20 && !queue.answersFirst)
    #expect(queue.timeoutDestination == .voicemail("1000"))
    let ivr = try #require(site.ivrs.first)
    #expect(
      ivr.keys == [
        "0": .account("1000"), "1": .ringGroup("6400"), "2": .queue("6500"), "3": .conference("6300"),
        "4": .external("+493000005503"), "*": .hangUp,
      ])
    #expect(ivr.allowsExtensionDialling && ivr.keyTimeoutSeconds == 5 && ivr.rounds == 2)
    #expect(ivr.timeoutDestination == .account("1000"))
    #expect(site.featureCodes.map(\.function).contains(.pickupExtension))
  }

  @Test func theCRMAndItsUsers() throws {
    let file = try Self.full()
    let crm = try #require(file.crm)
    #expect(crm.system == .zohoV2 && crm.serverAddress == "https://www.zohoapis.com")
    #expect(crm.contactLookups == [.contacts, .leads] && crm.addUnknownNumber == .leads)
    #expect(file.crmUsers.keys.sorted() == ["1000", "1001"])
    #expect(file.crmUsers["1000"]?.isEnabled == true && file.crmUsers["1001"]?.isEnabled == false)
    #expect(
      file.crmUsers["1000"]?.credentials
        == .zohoV2(
          ZohoV2Credentials(
            clientID: "1000.EXAMPLE", clientSecret: Secret("example-secret"),
            refreshToken: Secret("1000.example.refresh"))))
    #expect(file.notes == ["Carrier two shows its own number."])
  }

  @Test func whatIsLeftOutKeepsItsDefault() throws {
    let file = try SiteFile.read(text: "pbx: {addresses: [192.0.2.1]}", path: "site.yaml")
    var site = Site()
    site.pbxAddresses = [try Self.endpoint("192.0.2.1", 0)]
    #expect(file.site == site)
    #expect(file.crm == nil && file.crmUsers.isEmpty && file.notes.isEmpty)
  }

  @Test func withoutExtensionsReferencesToThemAreLeftToTheTrace() throws {
    let text = "inboundRoutes: [{pattern: \"+49300001\", destination: {extension: 1000}}]"
    #expect(try SiteFile.read(text: text, path: "site.yaml").site.inboundRoutes.count == 1)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1:0"), ("192.0.2.1:5062", "192.0.2.1:5062"), ("2001:db8::1", "[2001:db8::1]:0"),
    ("\"[2001:db8::1]\"", "[2001:db8::1]:0"), ("\"[2001:db8::1]:5060\"", "[2001:db8::1]:5060"),
  ])
  func anAddressIsReadInEveryForm(written: String, endpoint: String) throws {
    let site = try SiteFile.read(text: "pbx: {addresses: [\(written)]}", path: "site.yaml").site
    #expect(site.pbxAddresses.map(\.description) == [endpoint])
  }

  @Test(arguments: [
    "192.0.2", "192.0.2.256", "\"192.0.2.1:\"", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:x", "\"[192.0.2.1]:5060\"",
    "\"2001:db8::1]:5060\"", "2001:db8::g", "1.2.3.4:5:6", "5060", "\":5060\"",
  ])
  func aBrokenAddressIsRefused(written: String) {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try SiteFile.read(text: "pbx: {addresses: [\(written)]}", path: "site.yaml")
    }
    #expect(errors?.first.keyPath == "pbx.addresses[0]")
    #expect(errors?.first.message.contains("is not an IP address") == true)
  }
}
