import CRMCloud
import HTTPTypes
import Primitives
import TestSupport
import Testing

struct V1WritingTests {
  private func contact(_ fields: String, module: String = "Contacts") -> String {
    "<\(module)><row no=\"1\">\(fields)</row></\(module)>"
  }

  private let call =
    #"<Calls><row no="1"><FL val="Subject">Incoming call from +15550100</FL><FL val="Call Type">Inbound</FL>"#
    + #"<FL val="Call Purpose">Prospecting</FL><FL val="CONTACTID">4000000000000123456</FL>"#
    + #"<FL val="Call Start Time">2018-05-01 10:20:30</FL><FL val="Call Duration">03:25</FL></row></Calls>"#

  @Test("Seed rows 7 and 8: an unknown number becomes a record of the chosen table, and the next call finds it")
  func aContactIsAddedAndFound() throws {
    var v1 = try V1Organisation()
    let xml = contact(
      #"<FL val="Last Name"><![CDATA[A & B <c>]]></FL><FL val="Phone">+15550104</FL><FL val="Nonsense">x</FL>"#)
    let reply = v1.post("xml/Contacts/insertRecords", xml: xml)
    #expect(reply.text.contains("<result><message>Record(s) added successfully</message><recorddetail><FL val=\"Id\">"))
    #expect(reply.text.contains(#"<FL val="Created Time">2018-05-01 10:20:30</FL>"#))
    #expect(v1.organisation.cloud.records(in: .contacts).last?.text("Last_Name") == "A & B <c>")
    let found = v1.search("(Phone:+15550104)")
    #expect(found.text.contains(#"{"val":"Last Name","content":"A & B <c>"}"#))
    #expect(v1.search("(Phone:+15550104)", format: "xml").text.contains("<![CDATA[A & B <c>]]>"))
  }

  @Test func aCallIsLoggedWithItsContact() throws {
    var v1 = try V1Organisation()
    #expect(v1.post("json/Calls/insertRecords", xml: call).text.contains("Record(s) added successfully"))
    let record = try #require(v1.organisation.cloud.callsLogged.first)
    #expect(record.text("Who_Id") == "4000000000000123456" && record.text("Call_Type") == "Inbound")
    #expect(
      record.text("Call_Start_Time") == "2018-05-01T10:20:30+00:00" && record.text("Call_Duration_in_seconds") == "205")
    let reply = v1.get("json/Calls/getRecords")
    #expect(
      reply.text.contains(
        #"{"val":"CONTACTID","content":"4000000000000123456"},{"val":"Contact Name","content":"Bo Tester"}"#))
    #expect(reply.text.contains(#"{"val":"Call Start Time","content":"2018-05-01 10:20:30"}"#))
    let lead = v1.organisation.cloud.records(in: .leads)[0].id
    let other = call.replacing(
      #"<FL val="CONTACTID">4000000000000123456</FL>"#,
      with: #"<FL val="SEID">\#(lead)</FL><FL val="SEMODULE">Leads</FL>"#)
    #expect(v1.post("json/Calls/insertRecords", xml: other).text.contains("added"))
    #expect(v1.organisation.cloud.callsLogged.last?.text("What_Id") == lead)
  }

  @Test(
    arguments: [
      ("", "4831"), ("x", "4835"), ("<Contacts>", "4835"), ("<Leads><row no=\"1\"></row></Leads>", "4835"),
      ("<Contacts></Contacts>", "4831"), ("<Contacts><row no=\"1\"></row></Contacts>", "4401"),
      ("<Contacts><row no=\"1\"><FL>x</FL></row></Contacts>", "4835"),
      ("<Contacts><row><FL val=\"Last Name\"><b>x</b></FL></row></Contacts>", "4835"),
      (
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
          + "<Contacts><row no=\"1\"><FL val=\"Last Name\">&b;</FL></row></Contacts>",
        "4835"
      ),
      ("<Contacts><row no=\"1\"><FL val=\"Last Name\">&unknown;</FL></row></Contacts>", "4835"),
      ("<Contacts><row no=\"1\"><FL val=\"Last Name\">x</FL><FL val=\"Phone\">a*b</FL></row></Contacts>", "4600"),
      (
        "<Contacts><row no=\"1\"><FL val=\"Last Name\">x</FL><FL val=\"Date of Birth\">soon</FL></row></Contacts>",
        "4600"
      ),
      ("<Contacts><row no=\"1\"><FL val=\"Last Name\">x</FL><FL val=\"CONTACTID\">1</FL></row></Contacts>", nil),
      (
        "<Contacts>" + String(repeating: "<row no=\"1\"><FL val=\"Last Name\">x</FL></row>", count: 101)
          + "</Contacts>", "4600"
      ),
      ("<?x?><Contacts><row no=\"1\"><FL val=\"Last Name\">x</FL></row></Contacts>", "4835"),
      ("<Contacts><!-- x --><row no=\"1\"><FL val=\"Last Name\">x</FL></row></Contacts>", "4835"),
      ("<Contacts><row no=\"1\"><FL val=\"Last Name\">&#0;</FL></row></Contacts>", "4835"),
      (
        #"<?xml version="1.0" encoding="x"?><Contacts><row no="1">"#
          + #"<FL val="Last Name">&#x41;<![CDATA[<?x?>]]></FL></row></Contacts>"#,
        nil
      ),
      (String(repeating: "<Contacts>", count: 20_000), "4835"),
    ] as [(String, String?)])
  func xmlThatIsNotRowsIsRefused(xml: String, code: String?) throws {
    var v1 = try V1Organisation()
    let reply = v1.post("json/Contacts/insertRecords", xml: xml)
    #expect(reply.status == 200 && reply.code == code, "\(reply)")
    #expect(v1.organisation.cloud.records(in: .contacts).count == (code == nil ? 3 : 2))
  }

  @Test func textForANumberHasACodeOfItsOwn() throws {
    var v1 = try V1Organisation()
    let fields = #"<FL val="Last Name">x</FL><FL val="Company">x</FL><FL val="No of Employees">many</FL>"#
    #expect(v1.post("json/Leads/insertRecords", xml: contact(fields, module: "Leads")).code == "4832")
  }

  @Test func versionFourTellsOfEveryRow() throws {
    var v1 = try V1Organisation()
    let xml =
      #"<Contacts><row no="1"><FL val="Last Name">x</FL><FL val="Email">x@example.com</FL></row>"#
      + #"<row no="2"><FL val="Phone">1</FL></row></Contacts>"#
    let first = v1.post("xml/Contacts/insertRecords", xml: xml, "version=4&duplicateCheck=1")
    #expect(first.text.contains(#"<result><row no="1"><success><code>2000</code><details><FL val="Id">"#))
    #expect(first.text.contains(#"<row no="2"><error><code>4401</code><details>"#))
    #expect(
      v1.post("xml/Contacts/insertRecords", xml: xml, "version=4&duplicateCheck=1").text.contains("<code>2002</code>"))
    #expect(
      v1.post("xml/Contacts/insertRecords", xml: xml, "version=4&duplicateCheck=2").text.contains("<code>2001</code>"))
    #expect(v1.organisation.cloud.records(in: .contacts).count == 3)
    #expect(v1.post("xml/Contacts/insertRecords", xml: xml, "version=3").text.contains("<code>4600</code>"))
    #expect(v1.post("xml/Contacts/insertRecords", xml: xml, "version=2").text.contains("<code>4401</code>"))
  }

  @Test func versionFourSaysNothingWhereTheSwitchRefusesTheAddress() throws {
    var settings = ZohoCloudSettings()
    settings.refusesDuplicateEmails = true
    var v1 = try V1Organisation(settings)
    let xml = contact(#"<FL val="Last Name">x</FL><FL val="Email">x@example.com</FL>"#)
    #expect(v1.post("xml/Contacts/insertRecords", xml: xml, "version=4").text.contains("<code>2000</code>"))
    #expect(v1.post("xml/Contacts/insertRecords", xml: xml, "version=4").text.contains("<result></result>"))
  }

  @Test("Seed row 3: records are edited and deleted over v1")
  func recordsAreEditedAndDeleted() throws {
    var v1 = try V1Organisation()
    let bo = "4000000000000123456"
    let xml = contact(#"<FL val="Mobile">555-0888</FL>"#)
    #expect(v1.post("xml/Contacts/updateRecords", xml: xml, "id=\(bo)").text.contains("Record(s) updated successfully"))
    #expect(v1.search("(Mobile:555-0888)").text.contains(bo))
    #expect(v1.post("xml/Contacts/updateRecords", xml: xml, "id=1").text.contains("<code>4103</code>"))
    #expect(v1.post("xml/Contacts/updateRecords", xml: xml).text.contains("<code>4831</code>"))
    let rows = contact(#"<FL val="Id">\#(bo)</FL><FL val="Title">Dr</FL>"#)
    #expect(v1.post("xml/Contacts/updateRecords", xml: rows, "version=4").text.contains("<code>2001</code>"))
    #expect(v1.organisation.cloud.records(in: .contacts)[0].text("Title") == "Dr")
    #expect(v1.get("xml/Contacts/deleteRecords", "id=\(bo)").text.contains("<code>5000</code>"))
    #expect(v1.get("xml/Contacts/deleteRecords", "id=\(bo)").text.contains("<code>4103</code>"))
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func whateverIsPostedIsAnswered(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    var v1 = try V1Organisation()
    let fragments = [
      "<Contacts>", "</Contacts>", "<row no=\"1\">", "</row>", "<FL val=\"Last Name\">", "</FL>", "x", "&", "&amp;",
      "<![CDATA[",
      "]]>", "<!--", "-->", "<?x?>", "<?xml ?>", "<a:b xmlns:a=\"\">", " xmlns=\"x\"", "=\"", "é", "\u{0}",
      "<FL val=\"Phone\">", "5550100", "<", ">", "&#0;", "&#x10FFFF;", "]]]]>",
    ]
    for _ in 0..<100 {
      let xml = (0..<Int.random(in: 0...14, using: &dice)).map { _ in dice.pick(fragments) }.joined()
      let method = dice.pick(["insertRecords", "updateRecords", "searchRecords", "getSearchRecords", "getFields"])
      let reply = v1.post(
        dice.pick(["json", "xml"]) + "/Contacts/" + method, xml: xml,
        dice.pick(["", "version=4", "id=4000000000000123456", "criteria=" + PercentEncoding.encode(xml)]))
      #expect(reply.status == 200 && reply.text.contains("response"))
    }
  }
}
