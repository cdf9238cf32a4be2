import CRMCloud
import Foundation
import PBXModel
import Scrubbing
import Testing

@testable import ConfigurationFiles

struct ScrubbedConfigurationTests {
  private static let text = """
    # Written by Helga Hansen
    pbx: {addresses: [10.1.2.3:5060, "[2001:4860::1]:5060"]}
    timeZone: Europe/Berlin
    extensions:
      - {number: 1000, name: Helga Hansen, voicemail: true, forward: {busy: "+493012345678"}}
      - {number: 1001, name: "Tom \\"T\\" Feldmann: Lager", addresses: [10.1.2.50]}
    trunks:
      - {name: Nordnetz, addresses: [198.51.100.9], outboundCallerID: "+49305550{extension}"}
    inboundRoutes:
      - {pattern: "+4930555010XX", destination: {byDID: {strip: 8}}}
      - {pattern: "+493055506400", destination: {ringGroup: 6400}}
    outboundRoutes:
      - {name: National, patterns: ["0X."], strip: 1, prepend: "+49", trunk: Nordnetz}
    ringGroups:
      - {number: 6400, name: Sales, members: [1000, 1001]}
    parking: {number: 700, slots: 701-720}
    featureCodes: {"*97": voicemailMenu, 7100: announcement}
    notes: [Ask Helga]
    """

  private func scrubbed(_ text: String) throws -> String {
    let site = try SiteFile.read(text: text, path: "site.yaml").site
    let key = try #require(ScrubKey(Array("a key for tests that is nobody's".utf8)))
    var renaming = Renaming(key: key, rules: NumberRules(site: site))
    let noted = try ScrubbedConfiguration.text(of: text, path: "site.yaml", renaming: &renaming)
    // Noting changes nothing but the form.
    #expect(try SiteFile.read(text: noted, path: "noted.yaml").site == site)
    renaming.settle()
    return try ScrubbedConfiguration.text(of: text, path: "site.yaml", renaming: &renaming)
  }

  @Test func aSiteReadsAsASiteOfTheSameShape() throws {
    let old = try SiteFile.read(text: Self.text, path: "site.yaml").site
    let new = try SiteFile.read(text: try scrubbed(Self.text), path: "new.yaml").site
    #expect(new.extensions.count == 2 && new.extensions[0].hasVoicemail)
    #expect(new.timeZone == old.timeZone)
    #expect(new.ringGroups[0].members == new.extensions.map(\.number))
    #expect(new.inboundRoutes[1].destination == .ringGroup(new.ringGroups[0].number))
    #expect(
      new.outboundRoutes
        == old.outboundRoutes.map { route in
          var route = route
          route.name = new.outboundRoutes[0].name
          route.trunk = new.trunks[0].name
          return route
        })
    #expect(new.parking?.slots.count == 20)
    #expect(new.featureCodes.map(\.function) == old.featureCodes.map(\.function))
    let caller = try #require(new.trunks[0].outboundCallerID)
    let did = caller.replacing("{extension}", with: new.extensions[0].number)
    #expect(new.inboundRoutes[0].pattern.matches(did))
  }

  @Test(arguments: [
    "Helga", "Hansen", "Feldmann", "Lager", "Nordnetz", "Sales", "1000", "6400", "10.1.2.", "4860", "12345678",
    "30555", "Ask", "701-720", "7100",
  ])
  func nothingOfTheOriginalIsLeft(_ text: String) throws {
    #expect(try !scrubbed(Self.text).contains(text))
  }

  private func scrubbedData(_ text: String) throws -> String {
    let key = try #require(ScrubKey(Array("a key for tests that is nobody's".utf8)))
    var renaming = Renaming(key: key, rules: NumberRules(site: .init()))
    _ = try ScrubbedConfiguration.text(of: text, path: "cloud.yaml", renaming: &renaming)
    renaming.settle()
    return try ScrubbedConfiguration.text(of: text, path: "cloud.yaml", renaming: &renaming)
  }

  @Test(arguments: ["vtiger", "sugarcrm", "salesforce"])
  func theDataOfEveryCRMIsReadAgainAndNamesNobody(_ crm: String) throws {
    let files = Fixtures.files(in: "fixtures/configuration/good", ending: "\(crm)-cloud.yaml")
    let text = try scrubbedData(try #require(files.first).text)
    _ = try CloudDataFile.read(text: text, path: "cloud.yaml")
    let originals = [
      "Tester", "Acme", "5550142", "555-0142", "exampleKey", "s3cret", "ann@", "example-secret", "met at",
    ]
    for original in originals {
      #expect(!text.contains(original), "\(original) is left")
    }
  }

  @Test func recordsStillBelongToEachOther() throws {
    let text = """
      vtiger:
        address: https://crm.example.com/vtigercrm
        users: [{userName: admin, accessKey: example-key}]
        contacts: [{id: 12x51234567, lastname: Bo, account_id: 11x71234567, assigned_user_id: 19x2}]
        accounts: [{id: 11x71234567, accountname: Acme}]
      """
    let data = try #require(try CloudDataFile.read(text: scrubbedData(text), path: "x.yaml").contents.vtiger)
    #expect(data.contacts[0].values["account_id"] == data.accounts[0].id)
    #expect(data.contacts[0].values["assigned_user_id"] == "19x2")
    #expect(data.contacts[0].id?.hasPrefix("12x") == true && data.contacts[0].id != "12x51234567")
  }

  @Test func bothFormsOfASalesforceIDAreOne() throws {
    let text = try scrubbedData(
      """
      salesforce:
        contacts: [{Id: 0035g00000AbCdE, LastName: Bo}]
        tasks: [{Subject: Call, TaskSubtype: Call, WhoId: 0035g00000AbCdEAA2}]
      """)
    let ids = text.matches(of: /(?:Id|WhoId): (\w+)/).map { String($0.1) }
    #expect(ids.count == 2 && Set(ids).count == 1 && ids[0].count == 15 && ids[0].hasPrefix("003"))
    #expect(!text.contains("AbCdE") && text.contains("TaskSubtype: Call"))
  }

  @Test func aUUIDStaysOne() throws {
    let id = "c1e47c1e-1234-4000-8000-000000000001"
    let text = try scrubbedData("sugarcrm: {clients: [{id: \(id), secret: example-secret, grant: password}]}")
    let made = try #require(text.firstMatch(of: /id: "?([0-9a-f-]+)/)?.1)
    #expect(made.count == 36 && made != id && text.contains("grant: password"))
  }

  @Test(arguments: ["a: [", "a: &x 1\nb: *x", "- - - -\n?"])
  func brokenYAMLIsSaidWithItsPlace(_ text: String) throws {
    let key = try #require(ScrubKey(Array("a key for tests that is nobody's".utf8)))
    var renaming = Renaming(key: key, rules: NumberRules(site: .init()))
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ScrubbedConfiguration.text(of: text, path: "x.yaml", renaming: &renaming)
    }
    #expect(errors?.description.hasPrefix("x.yaml:") == true)
  }

  @Test(arguments: [
    "", "true", "null", "a: b", "- x", "\"quoted\"", "#", "line\nbreak", "tab\t", "1.5", "*97", "ü\u{7f}",
  ])
  func everyTextSurvivesBeingWritten(_ text: String) throws {
    let value = YAMLValue(
      content: .mapping([
        .init(key: "k", keyPlace: .start, value: YAMLValue(content: .scalar(text, isPlain: false), place: .start))
      ]),
      place: .start)
    let read = try YAMLDocument.read(YAMLText.of(value), path: "x")
    guard case .mapping(let pairs) = read.content, case .scalar(let again, isPlain: false) = pairs.first?.value.content
    else {
      Issue.record("not read as a quoted text")
      return
    }
    #expect(again == text)
  }
}
