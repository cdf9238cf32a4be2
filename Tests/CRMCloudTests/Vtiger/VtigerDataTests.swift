import CRMCloud
import FoundationEssentials
import JSON
import Primitives
import Testing

struct VtigerDataTests {
  private static func reason(_ change: (inout VtigerCloudData) -> Void) -> String? {
    do throws(any Error) {
      _ = try VtigerOffice(change)
      return nil
    } catch { return "\(error)" }
  }

  @Test func whatNoServerCouldHoldIsRefusedWithItsPlace() {
    #expect(Self.reason { $0.address = "crm.example.com" }?.hasPrefix("vtiger.address:") == true)
    #expect(Self.reason { $0.address = "https://a@b/" }?.hasPrefix("vtiger.address:") == true)
    #expect(Self.reason { $0.users = [] }?.hasPrefix("vtiger.users:") == true)
    #expect(Self.reason { $0.users[1].userName = "ADMIN" }?.hasPrefix("vtiger.users[1].userName:") == true)
    #expect(Self.reason { $0.contacts[1].id = "10x3" }?.hasPrefix("vtiger.contacts[1].id:") == true)
    #expect(Self.reason { $0.contacts[1].id = "12x2" }?.hasPrefix("vtiger.contacts[1].id:") == true)
    #expect(Self.reason { $0.contacts[1].id = "12x40" }?.hasPrefix("vtiger.leads[0].id:") == true)
    #expect(Self.reason { $0.leads[0].values["homephone"] = "1" }?.hasPrefix("vtiger.leads[0].homephone:") == true)
    #expect(Self.reason { $0.leads[0].values["createdtime"] = "1" }?.hasPrefix("vtiger.leads[0].createdtime:") == true)
    #expect(Self.reason { $0.contacts[0].values["lastname"] = nil }?.hasPrefix("vtiger.contacts[0].lastname:") == true)
    #expect(
      Self.reason { $0.accounts.append($0.accounts[0]) }?.hasPrefix("vtiger.accounts[1].accountname:") == true)
    #expect(Self.reason { _ in } == nil)
  }

  @Test func moreIsLoadedWholeOrNotAtAll() throws {
    var office = try VtigerOffice()
    var more = CloudContents()
    more.vtiger = VtigerCloudData(address: "", users: [.init(userName: "cy", accessKey: Secret("k"))])
    more.vtiger?.contacts = [.init(values: ["lastname": "More"])]
    #expect(office.cloud.carryOut(.load(more), at: office.now) == .done(2))
    guard case .refused(let reason) = office.cloud.carryOut(.load(more), at: office.now) else {
      Issue.record("one user twice was taken")
      return
    }
    #expect(reason.hasPrefix("vtiger.users[0].userName"))
    #expect(office.dump("contacts").count == 4)
    var none = try CRMClouds(CloudContents(), seed: 1)
    guard case .refused = none.carryOut(.load(more), at: office.now) else {
      Issue.record("loaded into a server that is not there")
      return
    }
  }

  @Test func recordsAreDumpedAndKeysAreNot() throws {
    let office = try VtigerOffice()
    #expect(office.cloud.dumpKinds.contains("vtiger.contacts") && office.cloud.dumpKinds.contains("contacts"))
    #expect(office.dump("contacts").compactMap { $0["lastname"]?.string } == ["Tester", "O'Brien", "Trunk"])
    #expect(!office.dump("users").map(\.text).joined().contains(VtigerOffice.key))
    #expect(office.cloud.dump("vtiger.cbcalendar") == nil)
    #expect(office.cloud.hosts.contains(VirtualHost(name: "crm.example.com", purpose: "vTiger")))
  }

  @Test func aServerGoesOnFromWhatItWroteDown() throws {
    var office = try VtigerOffice()
    let session = office.session()
    office.cloud = try JSONDecoder().decode(CRMClouds.self, from: JSONEncoder().encode(office.cloud))
    #expect(office.found("select id from Contacts where phone like '%0142';", session) == ["12x2"])
    let made = office.create("Contacts", #"{"lastname":"New","assigned_user_id":"19x1"}"#, session)["result"]
    #expect(made?["contact_no"] == "CON4")
  }
}
