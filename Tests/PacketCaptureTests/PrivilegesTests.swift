import PacketCapture
import Testing

/// As whom a process goes on once its interface is open.
struct PrivilegesTests {
  private static let known = [
    "capture": Privileges.Account(name: "capture", user: 990, group: 980),
    "root": Privileges.Account(name: "root", user: 0, group: 0),
  ]

  private func successor(
    of user: UInt32, named name: String? = nil, sudo: [String: String] = [:]
  ) throws(Privileges.Failure) -> Privileges.Account? {
    try Privileges.successor(of: user, named: name, environment: { sudo[$0] }, lookUp: { Self.known[$0] })
  }

  @Test func rootGoesOnAsWhoeverIsNamed() throws {
    #expect(try successor(of: 0, named: "capture") == Self.known["capture"])
    #expect(try successor(of: 0, named: "capture", sudo: ["SUDO_UID": "1000", "SUDO_GID": "1000"])?.user == 990)
  }

  @Test func rootByWayOfSudoGoesOnAsWhoCalledIt() throws {
    let sudo = ["SUDO_UID": "1000", "SUDO_GID": "1001", "SUDO_USER": "anna"]
    #expect(try successor(of: 0, sudo: sudo) == Privileges.Account(name: "anna", user: 1000, group: 1001))
  }

  @Test func rootStaysRootOnlyWhereSomebodySaysSo() throws {
    #expect(try successor(of: 0, named: "root") == nil)
    #expect(throws: Privileges.Failure.nobodyNamed) { try successor(of: 0) }
    #expect(throws: Privileges.Failure.nobodyNamed) {
      try successor(of: 0, sudo: ["SUDO_UID": "0", "SUDO_GID": "0", "SUDO_USER": "root"])
    }
  }

  @Test func othersStayWhoTheyAre() throws {
    #expect(try successor(of: 1000) == nil)
    #expect(try successor(of: 1000, sudo: ["SUDO_UID": "7", "SUDO_GID": "7"]) == nil)
    #expect(try successor(of: 990, named: "capture") == nil)
    #expect(throws: Privileges.Failure.notRoot("capture")) { try successor(of: 1000, named: "capture") }
  }

  @Test(arguments: [
    ["SUDO_UID": "anna", "SUDO_GID": "1"], ["SUDO_UID": "1000"], ["SUDO_UID": "-1", "SUDO_GID": "1"],
    ["SUDO_UID": "4294967296", "SUDO_GID": "1"], ["SUDO_UID": "", "SUDO_GID": "1"],
  ])
  func whatSudoSaysHasToBeNumbers(sudo: [String: String]) {
    #expect(throws: Privileges.Failure.unreadableSudo) { try successor(of: 0, sudo: sudo) }
  }

  @Test func whoIsNotKnownIsNamed() {
    #expect(throws: Privileges.Failure.unknownUser("nobody-here")) { try successor(of: 0, named: "nobody-here") }
    #expect(Privileges.account(named: "no such user\0root") == nil)
    #expect(Privileges.Failure.unknownUser("x").description.contains("--user"))
  }
}
