import CRMCloud
import ConnectorCompatTest
import Primitives
import Testing

@testable import CRMConnectors

/// The doctor's walk that goes for any CRM, held against every one that has a cloud.
struct ConnectorExaminationTests {
  private struct Walk {
    var checks: [String: SetUpCheck] = [:]
    var requests = 0
    var calls = 0

    init(
      _ subject: any CompatSubject, _ user: CompatUser = .first, at place: CompatPlace = .right, isEnabled: Bool = true,
      fault: CompatFault? = nil
    ) throws {
      var server = try InProcessServer(subject.contents(of: [CompatPerson(.contacts, "Anna", "+493055501")]))
      var options = SetUpDoctor.Options()
      options.time = subject.traits.start
      var examination = ConnectorExamination(
        user: SetUpUser(extensions: ["1000"], isEnabled: isEnabled, credentials: subject.user(user).credentials),
        settings: subject.settings(at: place), options: options)
      while let request = examination.next(id: .init(rawValue: requests + 1)), requests < 50 {
        requests += 1
        examination.receive(fault?.answer(after: nil) ?? server.carryOut(request, at: subject.traits.start))
      }
      for check in examination.checks { checks[check.point.name] = check }
      calls = server.dump(subject.kindOfCalls)?.compactMap(subject.call).count ?? -1
    }

    func status(_ point: String) -> SetUpCheck.Status? { checks[point]?.status }
  }

  private func subject(_ system: CRMSystem) throws -> any CompatSubject {
    try #require(CompatSubjects.all.first { $0.system == system })
  }

  @Test(arguments: CompatSubjects.all.map(\.system))
  func aSoundSetUpIsSoundAndNothingIsWritten(system: CRMSystem) throws {
    let walk = try Walk(subject(system))
    for (point, check) in walk.checks where point != "creating" {
      #expect(check.status == .ok, "\(point): \(check.finding)")
    }
    #expect(walk.status("creating") == .notChecked)
    #expect(walk.checks.keys.filter { $0.hasPrefix("lookup.") }.count == 3)
    #expect(walk.calls == 0 && walk.requests >= 4 && walk.requests < 20)
    #expect(walk.checks["calls"]?.asked.isEmpty == false)
  }

  @Test(arguments: CompatSubjects.all.map(\.system))
  func wrongCredentialsAreTheFirstThingWrong(system: CRMSystem) throws {
    let walk = try Walk(subject(system), .stranger)
    #expect(walk.status("userPage") == .ok && walk.status("apiAccess") == .wrong)
    #expect(walk.checks["apiAccess"]?.remedies.isEmpty == false)
    #expect(walk.status("lookup.contacts") == .notChecked && walk.status("calls") == .notChecked)
    #expect(walk.status("loginStatus") == .wrong && walk.calls == 0)
  }

  @Test(arguments: CompatSubjects.all.map(\.system), CompatFault.allCases)
  func aServerThatDoesNotAnswerAsTheCRMIsTold(system: CRMSystem, fault: CompatFault) throws {
    let walk = try Walk(subject(system), fault: fault)
    #expect(walk.status("apiAccess") == .wrong && walk.status("loginStatus") == .wrong)
    #expect(walk.requests == 1)
  }

  @Test(arguments: CompatSubjects.all.map(\.system))
  func theWrongAddressIsWrong(system: CRMSystem) throws {
    let walk = try Walk(subject(system), at: .wrong)
    #expect(walk.status("apiAccess") == .wrong)
  }

  @Test(arguments: CompatSubjects.all.map(\.system))
  func whoHasCRMSwitchedOffIsNotAskedAbout(system: CRMSystem) throws {
    let walk = try Walk(subject(system), isEnabled: false)
    #expect(walk.requests == 0 && walk.status("userPage") == .notChecked && walk.checks.count == 1)
  }

  @Test(arguments: CompatSubjects.all.map(\.system))
  func noTextHoldsASecret(system: CRMSystem) throws {
    let subject = try subject(system)
    for user in [CompatUser.first, .stranger] {
      let secrets = SetUpUser(extensions: [], isEnabled: true, credentials: subject.user(user).credentials).secrets
      for check in try Walk(subject, user).checks.values {
        let text = ([check.finding] + check.asked + check.remedies.map(\.text)).joined(separator: " ")
        for secret in secrets { #expect(!text.contains(secret.value)) }
      }
    }
  }

  @Test(arguments: [
    ("crm.example.com", SetUpCheck.Status.wrong), ("ftp://crm.example.com", .wrong), ("https://", .wrong),
    ("https://a:b@crm.example.com", .wrong), ("http://crm.example.com/vtigercrm", .ok),
    ("https://crm.example.com", .ok),
  ])
  func theAddressOfAServerOfOnesOwnIsLookedAt(address: String, status: SetUpCheck.Status) throws {
    var options = SetUpDoctor.Options()
    options.asksCRM = false
    for system in [CRMSystem.vtiger, .sugarCRM] {
      let entered = PasswordCredentials(userName: "", password: Secret("x"))
      let user = SetUpUser(
        extensions: ["1000"], isEnabled: true, credentials: system == .vtiger ? .vtiger(entered) : .sugarCRM(entered))
      let doctor = SetUpDoctor(
        settings: CRMSettings(
          system: system, serverAddress: address, addUnknownNumber: nil, contactLookups: [.contacts]),
        users: [user], options: options)
      #expect(doctor.checks.first?.point == .serverAddress && doctor.checks.first?.status == status)
      let page = try #require(doctor.checks.first { $0.point == .userPage })
      #expect(page.status == .wrong && page.finding.contains("Username"))
      #expect(!doctor.checks.contains { $0.point == .redirectURI })
    }
  }
}
