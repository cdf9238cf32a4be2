import ApplianceAPI
import ArgumentParser
import Glibc
import Primitives

/// Who may use the APIs, and how they behave where firmwares differ.
struct APIUserOptions: ParsableArguments {
  @Option(help: ArgumentHelp("User of both APIs.", valueName: "name"))
  var apiUser = "cdrapi"

  @Option(
    help: ArgumentHelp(
      "File whose first line is the user's password; without it `cdrapi123`, on loopback only.", valueName: "file"))
  var apiPasswordFile: String?

  @Option(
    help: ArgumentHelp("Actions that are not granted (status -47), with commas between.", valueName: "actions"),
    transform: APIUserOptions.actions)
  var apiDeny: [[APIAction]] = []

  @Option(
    help: ArgumentHelp("Grant these actions and no others, with commas between.", valueName: "actions"),
    transform: APIUserOptions.actions)
  var apiAllow: [[APIAction]] = []

  @Option(
    help: ArgumentHelp("Network that the user may log in from, as 192.0.2.0/24. Repeatable.", valueName: "network"),
    transform: APIUserOptions.network)
  var apiFrom: [IPNetwork] = []

  @Option(help: ArgumentHelp("A session ends so long after its last request.", valueName: "seconds"))
  var sessionSeconds = DoorSettings().sessionSeconds

  @Option(
    help: ArgumentHelp("What page and item_num may be: any, or strings, as one firmware has it.", valueName: "word"),
    transform: { try APIUserOptions.word($0) })
  var apiPaging = DoorSettings.PagingValues.any

  @Option(
    help: ArgumentHelp(
      "What actions get that would change calls or settings: unsupported (-19), or ignored (0).", valueName: "word"),
    transform: { try APIUserOptions.word($0) })
  var callControl = DoorSettings.CallControl.unsupported

  @Option(
    help: ArgumentHelp("Clock of times without an offset in CDR requests: utc or site.", valueName: "word"),
    transform: { try APIUserOptions.word($0) })
  var unmarkedTimes = DoorSettings.UnmarkedTimes.utc

  @Flag(help: "Answer passwords of extensions in clear text, as the appliance does; they are invented.")
  var revealSecrets = false

  static let sessionRange: ClosedRange<Int64> = 1...86_400
  private static let standardPassword = "cdrapi123"

  mutating func validate() throws {
    guard Self.sessionRange.contains(sessionSeconds) else {
      throw ValidationError("--session-seconds takes 1 to \(Self.sessionRange.upperBound) seconds.")
    }
    guard apiAllow.isEmpty || apiDeny.isEmpty else {
      throw ValidationError("--api-allow grants nothing else; leave --api-deny out.")
    }
    guard (1...64).contains(apiUser.utf8.count) else { throw ValidationError("--api-user has 1 to 64 bytes.") }
    guard !apiUser.contains(":") else {
      throw ValidationError(
        "--api-user takes a name without a colon (RFC 7616); the password is in --api-password-file.")
    }
  }

  static func actions(_ text: String) throws -> [APIAction] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let action = APIAction(name: String(name)) else {
        let known = APIAction.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("'\(name)' is no action of the API; there are \(known).")
      }
      return action
    }
  }

  static func word<Word: RawRepresentable & CaseIterable>(_ text: String) throws -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: text) else {
      throw ValidationError("'\(text)' is none of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return word
  }

  static func network(_ text: String) throws -> IPNetwork {
    guard let network = IPNetwork(text) else {
      throw ValidationError("'\(text)' is no network; write one as 192.0.2.0/24 or 2001:db8::/32.")
    }
    return network
  }

  var settings: DoorSettings {
    var settings = DoorSettings()
    settings.sessionSeconds = sessionSeconds
    settings.pagingValues = apiPaging
    settings.callControl = callControl
    settings.unmarkedTimes = unmarkedTimes
    settings.revealsSecrets = revealSecrets
    return settings
  }

  /// - Parameter isOnLoopback: whether a password that everybody knows will do.
  func user(isOnLoopback: Bool) throws -> APIUser {
    var user = APIUser(name: apiUser, password: try password(isOnLoopback: isOnLoopback))
    user.networks = apiFrom
    if !apiAllow.isEmpty { user.rights = .only(Set(apiAllow.flatMap(\.self))) }
    if !apiDeny.isEmpty { user.rights = .everythingBut(Set(apiDeny.flatMap(\.self))) }
    return user
  }

  private func password(isOnLoopback: Bool) throws -> Secret {
    guard let apiPasswordFile else {
      guard isOnLoopback else {
        throw Complaint("other machines can get in: give the API's user a password with --api-password-file", .usage)
      }
      return Secret(Self.standardPassword)
    }
    return try PasswordFile.read(apiPasswordFile)
  }
}
