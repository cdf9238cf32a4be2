import JSON
import Primitives

extension ApplianceDoors {
  /// Columns of a 6304 on firmware 1.0.33.30 (observed); counts of messages, presence and locks are not simulated.
  func accounts(of state: some ApplianceState) -> APIListing {
    APIListing(
      root: "account",
      columns: [
        "extension", "account_type", "fullname", "out_of_service", "status", "addr", "urgemsg", "newmsg", "oldmsg",
        "lockflag", "presence_status", "presence_def_script", "user_name", "email_to_user", "enable_contact",
      ],
      rows: state.accounts.map { account in
        [
          .string(account.number), "SIP", .string(account.name), "no", .string(account.status),
          .string(account.address ?? "-"), 0, 0, 0, 0, "available", "", .string(account.number), "no", 1,
        ]
      })
  }

  /// Names of the columns are those of the web interface (observed); that they are all is not known.
  func users(of state: some ApplianceState) -> APIListing {
    APIListing(
      root: "user_id", columns: ["user_id", "user_name", "privilege", "fullname"],
      rows: state.accounts.enumerated().map { place, account in
        [.integer(Int64(place + 1)), .string(account.number), "privilege_3", .string(account.name)]
      })
  }

  /// The settings as the API names them (observed on a 6304, passwords in clear text among them).
  func account(_ parameters: APIParameters, of state: some ApplianceState) -> APIReply {
    guard let number = parameters.text("extension") else { return .failed(.invalidParameters) }
    guard let account = state.accounts.first(where: { $0.number == number }) else { return .failed(.databaseFailed) }
    var members: [JSONValue.Member] = [
      .init("extension", .string(account.number)), .init("fullname", .string(account.name)),
      .init("cidnumber", .string(account.number)), .init("permission", "internal"), .init("out_of_service", "no"),
      .init("hasvoicemail", .string(account.hasVoicemail ? "yes" : "no")),
      .init("dnd", .string(account.hasDoNotDisturb ? "yes" : "no")),
      .init("auto_record", .string(account.autoRecord)), .init("encryption", "no"),
      .init("ringtimeout", .string(account.ringTimeoutSeconds.map { String($0) } ?? "")),
      .init("max_contacts", .string(account.contactsMax.map { String($0) } ?? "")),
      .init("cfu", .string(account.forwardAlways ?? "")), .init("cfb", .string(account.forwardBusy ?? "")),
      .init("cfn", .string(account.forwardNoAnswer ?? "")),
    ]
    if settings.revealsSecrets {
      // Invented, and the same in every run: nothing real can be told by this door.
      members.append(.init("secret", .string("Sip-\(Hexadecimal.md5("secret " + number).prefix(10))")))
      members.append(.init("vmsecret", .string(Self.digits(of: number))))
    } else {
      members += [.init("secret", ""), .init("vmsecret", "")]
    }
    return .response(["extension": .object(members)])
  }

  /// Six digits that follow from the number.
  private static func digits(of number: String) -> String {
    let sum = Hexadecimal.md5("vmsecret " + number).utf8.reduce(UInt64(7)) { ($0 &* 31 &+ UInt64($1)) % 900_000 }
    return String(100_000 + sum)
  }
}
