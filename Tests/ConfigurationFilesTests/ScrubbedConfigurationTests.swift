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
