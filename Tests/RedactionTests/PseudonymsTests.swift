import JSON
import Redaction
import Testing

@Suite struct PseudonymsTests {
  @Test func aNumberIsTheSameInEverySpelling() {
    var pseudonyms = Pseudonyms()
    let asked = pseudonyms.text("+493000002011", in: .request)
    let spelt = pseudonyms.text("030 0000-2011 called", in: .answer)
    #expect(asked == "+493005550001")
    #expect(spelt == "030 0555-0001 called")
    #expect(pseudonyms.restoringNumbers(Array(spelt.utf8)) == Array("030 0000-2011 called".utf8))
  }

  @Test func aNumberInAPatternIsTheSameNumber() {
    var pseudonyms = Pseudonyms()
    let asked = pseudonyms.text("+1 (617) 555-0142", in: .request)
    #expect(asked == "+1 (617) 555-0001")
    for (pattern, shown) in [
      ("LIKE '%5%5%5%0%1%4%2%' OR", "LIKE '%5%5%5%0%0%0%1%' OR"),
      ("'%6%1%7%5%5%5%0%1%4%2%'", "'%6%1%7%5%5%5%0%0%0%1%'"),
      ("LIKE%20%27%255%255%255%250%251%254%252%25%27", "LIKE%20%27%255%255%255%250%250%250%251%25%27"),
    ] {
      #expect(pseudonyms.text(pattern, in: .request) == shown)
      #expect(pseudonyms.restoringNumbers(Array(shown.utf8)) == Array(pattern.utf8))
    }
  }

  @Test func peopleOfASOAPLoginAreInventedAnew() {
    var pseudonyms = Pseudonyms()
    let given =
      "<userInfo><organizationName>Hansen Bau</organizationName><userFullName>Helga Hansen</userFullName>"
      + "<userId>005000000000001AAA</userId><a:userName>helga@hansen.example</a:userName></userInfo>"
    let shown = pseudonyms.text(given, in: .answer)
    for name in ["Helga", "Hansen", "helga", "hansen"] { #expect(!shown.contains(name), "\(shown)") }
    #expect(shown.contains("<userId>005000000000001AAA</userId><a:userName>"))
    #expect(pseudonyms.text(shown, in: .answer) == shown)
    for odd in ["<userFullName>", "<userFullName></userFullName>", "<userFullName", "</", "<userName><a/></userName>"] {
      #expect(pseudonyms.text(odd, in: .answer) == odd)
    }
  }

  @Test func aSalesforceRecordsPeopleAreInventedAnew() {
    var pseudonyms = Pseudonyms()
    let given: JSONValue = [
      "attributes": ["type": "Contact", "url": "/services/data/v64.0/sobjects/Contact/003000000000001AAA"],
      "Id": "003000000000001AAA", "Name": "Helga Hansen", "MobilePhone": "030 0000-2011", "AssistantPhone": .null,
    ]
    let shown = String(decoding: pseudonyms.value(given, in: .answer).bytes(), as: UTF8.self)
    for name in ["Helga", "Hansen", "2011"] { #expect(!shown.contains(name), "\(shown)") }
    #expect(shown.contains("003000000000001AAA") && shown.contains(#""type":"Contact""#))
  }

  @Test(arguments: ["Tom", "Helga"])
  func aWholeNameIsWhatAClientMakesOfItsParts(first: String) throws {
    var pseudonyms = Pseudonyms()
    let record = try #require(
      JSONValue(parsing: Array(#"{"firstname":"\#(first)","lastname":"Li","company":"\#(first) Li"}"#.utf8)))
    let shown = pseudonyms.value(record, in: .answer)
    let parts = try [#require(shown["firstname"]?.string), #require(shown["lastname"]?.string)]
    #expect(shown["company"]?.string == parts.joined(separator: " "))
    #expect(pseudonyms.text("\(first) Li called", in: .request) == parts.joined(separator: " ") + " called")
    // What is played back is invented already.
    #expect(pseudonyms.value(shown, in: .answer) == shown)
  }

  @Test(arguments: [
    "%", "%2", "%5%5%5", "50%", "%25%25", "%5%5%5%0%1%4", "%41%42%43%44%45%46%47%48",
    "2026-11-21T09:57:53+01:00", "4822465000000129110", "1000", "extension 1000", "0:08", "0123456789abcdef0123456789",
    "2026-11-21 09:57:53",
  ])
  func whatIsNoNumberStays(_ text: String) {
    var pseudonyms = Pseudonyms()
    #expect(pseudonyms.text(text, in: .answer) == text)
  }

  @Test func peopleOfARecordAreInventedAnew() throws {
    var pseudonyms = Pseudonyms()
    let given: JSONValue = [
      "id": "4822465000000129110", "First_Name": "Helga", "Last_Name": "Hansen", "Full_Name": "Helga Hansen",
      "Account_Name": ["id": "12", "name": "Hansen Bau"], "Email": "helga@hansen.example", "Phone": "+49 30 0000-2011",
      "Created_Time": "2026-11-01T09:00:00+01:00", "status": "success",
    ]
    let shown = String(decoding: pseudonyms.value(given, in: .answer).bytes(), as: UTF8.self)
    for name in ["Helga", "Hansen", "helga", "2011"] { #expect(!shown.contains(name), "\(shown)") }
    #expect(shown.contains("4822465000000129110") && shown.contains("2026-11-01T09:00:00+01:00"))
    #expect(shown.contains("\"status\":\"success\""))
    #expect(!pseudonyms.text("a call with Helga Hansen", in: .request).contains("Hansen"))
  }

  @Test func fieldsThatComeAsNameAndValueAreKnownByTheirNames() {
    var pseudonyms = Pseudonyms()
    let object: JSONValue = [
      "id": "c-1", "module_name": "Contacts",
      "name_value_list": [
        "id": ["name": "id", "value": "c-1"], "name": ["name": "name", "value": "Helga Hansen"],
        "last_name": ["name": "last_name", "value": "Hansen"], "status": ["name": "status", "value": "Held"],
      ],
    ]
    let list: JSONValue = [
      ["name": "first_name", "value": "Helga"], ["name": "primary_address_city", "value": "Kiel"],
    ]
    for value in [object, list] {
      let shown = String(decoding: pseudonyms.value(value, in: .answer).bytes(), as: UTF8.self)
      for name in ["Helga", "Hansen", "Kiel"] { #expect(!shown.contains(name), "\(shown)") }
      #expect(value != object || (shown.contains(#""value":"Held""#) && shown.contains(#""value":"c-1""#)))
    }
  }

  @Test func whatWasInventedIsNotInventedAgain() {
    var pseudonyms = Pseudonyms()
    let once = pseudonyms.value(["Last_Name": "Hansen", "Phone": "+493000002011"], in: .request)
    #expect(pseudonyms.value(once, in: .request) == once)
    #expect(pseudonyms.value(once, in: .answer) == once)
  }

  @Test func labelsOfVersionOneAreKnown() {
    var pseudonyms = Pseudonyms()
    let given: JSONValue = ["FL": [["val": "Last Name", "content": "Hansen"], ["val": "LEADID", "content": "12"]]]
    #expect(
      pseudonyms.value(given, in: .answer)
        == ["FL": [["val": "Last Name", "content": "Person 1"], ["val": "LEADID", "content": "12"]]])
  }
}
