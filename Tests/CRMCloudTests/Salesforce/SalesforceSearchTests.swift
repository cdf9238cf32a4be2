import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct SalesforceSearchTests {
  @Test(arguments: [
    ("FIND {493012345678} IN PHONE FIELDS RETURNING Contact(Id,Name),Lead(Name),Account(Name)", ["Plain"]),
    ("FIND {16175550111} IN PHONE FIELDS RETURNING Contact(Name),Lead(Name)", ["Lead"]),
    // The index has texts in pieces.
    ("FIND {6175550142} IN PHONE FIELDS RETURNING Contact(Name)", []),
    (#"FIND {"617 555 0142"} IN PHONE FIELDS RETURNING Contact(Name)"#, ["Bo Tester"]),
    (#"FIND {16175550142 OR "617 555 0142"} IN PHONE FIELDS RETURNING Contact(Name)"#, ["Bo Tester"]),
    (#"FIND {\+493012345678} IN PHONE FIELDS RETURNING Contact(Name)"#, ["Plain"]),
    ("FIND {4930*} IN PHONE FIELDS RETURNING Contact(Name)", ["Plain"]),
    ("find {tester} in name fields returning contact(name)", ["Bo Tester"]),
    ("FIND {plain} IN PHONE FIELDS RETURNING Contact(Name)", []),
    ("FIND {plain AND NOT example} RETURNING Contact(Name)", []),
    ("FIND {(bo OR lead) tester} RETURNING Contact(Name),Lead(Name)", ["Bo Tester"]),
    ("FIND {acme} RETURNING Account(Name WHERE Phone != null LIMIT 1) LIMIT 5", ["Acme"]),
    ("FIND {acme} RETURNING Account(Name WHERE Phone = null)", []),
    ("FIND {lead OR acme OR bo} RETURNING Contact(Name),Lead(Name),Account(Name) LIMIT 2", ["Bo Tester", "Lead"]),
  ])
  func aSearchFindsWhatTheIndexHolds(text: String, names: [String]) throws {
    var org = try SalesforceOrg.open()
    let reply = org.search(text)
    #expect(reply.status == 200 && reply.names == names && reply.text.hasPrefix(#"{"searchRecords":["#))
  }

  @Test(arguments: ["6175550142", "5550142", "16175550199", "442079460958", "9460958"])
  func anIndexThatKnowsNumbersFindsThemByTheirLastDigits(digits: String) throws {
    var org = try SalesforceOrg.open { $0.settings.phoneIndex = .digits }
    let found = org.search("FIND {\(digits)} IN PHONE FIELDS RETURNING Contact(Name),Account(Name)").names
    #expect(found.count == (digits == "16175550199" ? 0 : 1))
  }

  @Test(arguments: [
    ("", "MALFORMED_SEARCH"), ("FIND", "MALFORMED_SEARCH"), ("FIND {}", "MALFORMED_SEARCH"),
    ("FIND {1}", "MALFORMED_SEARCH"), ("FIND {+16175550142}", "MALFORMED_SEARCH"), ("FIND {a:b}", "MALFORMED_SEARCH"),
    ("FIND {O'Brien}", "MALFORMED_SEARCH"), ("FIND {*42}", "MALFORMED_SEARCH"), ("FIND {\"617}", "MALFORMED_SEARCH"),
    ("FIND {617 OR}", "MALFORMED_SEARCH"), ("FIND {(617}", "MALFORMED_SEARCH"), ("FIND {617)}", "MALFORMED_SEARCH"),
    ("FIND {617", "MALFORMED_SEARCH"), (#"FIND {617\}"#, "MALFORMED_SEARCH"), ("FIND 617", "MALFORMED_SEARCH"),
    ("FIND {617} IN SOME FIELDS", "MALFORMED_SEARCH"), ("FIND {617} IN", "MALFORMED_SEARCH"),
    ("FIND {617} RETURNING", "MALFORMED_SEARCH"), ("FIND {617} RETURNING Contact,", "MALFORMED_SEARCH"),
    ("FIND {617} RETURNING Nothing", "INVALID_TYPE"), ("FIND {617} RETURNING Contact(Nope)", "INVALID_FIELD"),
    ("FIND {617} RETURNING Contact()", "INVALID_FIELD"), ("FIND {617} LIMIT x", "MALFORMED_SEARCH"),
    ("FIND {617} RETURNING Contact(Id WHERE)", "MALFORMED_QUERY"), ("FIND {617} x", "MALFORMED_SEARCH"),
    ("FIND {" + String(repeating: "(", count: 9000) + "617}", "MALFORMED_SEARCH"),
    ("FIND {" + String(repeating: "6", count: 20_000) + "}", "MALFORMED_SEARCH"),
  ])
  func aSearchThatCannotBeReadIsRefusedByItsCode(text: String, code: String) throws {
    var org = try SalesforceOrg.open()
    let reply = org.search(text)
    #expect(reply.status == 400 && reply.code == code)
  }

  @Test func whatWasJustWrittenIsFoundLaterAndAQueryFindsItAtOnce() throws {
    var org = try SalesforceOrg.open()
    _ = org.call(.post, "sobjects/Contact", #"{"LastName":"New","Phone":"6175550177"}"#)
    let search = "FIND {6175550177} IN PHONE FIELDS RETURNING Contact(Name)"
    #expect(org.search(search).names == [])
    #expect(org.query("SELECT Name FROM Contact WHERE Phone = '6175550177'").names == ["New"])
    org.now = org.now + .seconds(15)
    #expect(org.search(search).names == ["New"])
    #expect(org.call(.patch, "sobjects/Contact/003000000000001AAA", #"{"Phone":"6175550166"}"#).status == 204)
    #expect(org.search(#"FIND {"617 555 0142"} RETURNING Contact(Name)"#).names == ["Bo Tester"])
    #expect(org.cloud.carryOut(.flushIndex, at: org.now) == .done(1))
    #expect(org.search(#"FIND {"617 555 0142"} RETURNING Contact(Name)"#).names == [])
  }

  @Test(arguments: [
    ("q=493012345678&sobject=Account&sobject=Contact&sobject=Lead&Contact.fields=id,name", ["Plain"]),
    ("q=%2B493012345678&sobject=Contact&Contact.fields=Name&in=PHONE", ["Plain"]),
    ("q=tester&in=PHONE&sobject=Contact&fields=Name", []), ("q=plain&sobject=Contact&fields=Name", ["Plain"]),
    ("q=(%22617)*&sobject=Contact&fields=Name", ["Bo Tester"]),
  ])
  func aParameterisedSearchTakesWhateverTheCallerShows(query: String, names: [String]) throws {
    var org = try SalesforceOrg.open()
    #expect(org.call(.get, "parameterizedSearch/?" + query).names == names)
  }

  @Test func withoutFieldsOnlyIdsCome() throws {
    var org = try SalesforceOrg.open()
    let reply = org.call(.get, "parameterizedSearch/?q=tester&sobject=Contact")
    #expect(reply.members("Id") == [SalesforceOrg.boID] && reply.names == [] && reply.member("type") == "Contact")
  }

  @Test(arguments: [
    ("", "MALFORMED_SEARCH"), ("q=1&sobject=Contact", "MALFORMED_SEARCH"), ("q=617&sobject=Nothing", "INVALID_TYPE"),
    ("q=617&sobject=Contact&Contact.fields=Nope", "INVALID_FIELD"), ("q=617&in=SOME", "MALFORMED_SEARCH"),
    ("q=*&sobject=Contact", "MALFORMED_SEARCH"), ("q=%00&sobject=Contact", "MALFORMED_SEARCH"),
  ])
  func aParameterisedSearchForNothingIsRefused(query: String, code: String) throws {
    var org = try SalesforceOrg.open()
    #expect(org.call(.get, "parameterizedSearch/?" + query).code == code)
  }
}
