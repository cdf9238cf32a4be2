import ApplianceAPI
import ApplianceWeb
import ArgumentParser
import Primitives

/// Who may use the appliance's web interface.
struct WebOptions: ParsableArguments {
  @Flag(help: "Leave the web interface out.")
  var noWeb = false

  @Option(
    help: ArgumentHelp(
      "File whose first line is the password of the web interface's admin, or its hash by `ucmsim password hash`; "
        + "without it `admin123`, on loopback only.",
      valueName: "file"))
  var webPasswordFile: String?

  @Option(
    help: ArgumentHelp(
      "File whose first line is every extension's password at the user portal, or its hash; without it `user123`, on "
        + "loopback only.",
      valueName: "file"))
  var portalPasswordFile: String?

  private static let standardPassword = "admin123"
  private static let standardPortalPassword = "user123"
  /// What everybody knows is not worth more.
  private static let standardCost = PasswordHash.Cost(rounds: 10) ?? .standard

  mutating func validate() throws {
    guard !noWeb || (webPasswordFile == nil && portalPasswordFile == nil) else {
      throw ValidationError("--no-web leaves out what the password files are for.")
    }
  }

  /// The interface; nil for none. Where other machines can get in, whoever has no password of his own cannot.
  func interface(isOnLoopback: Bool, isSecure: Bool, sessionSeconds: Int64) throws -> WebInterface? {
    if noWeb { return nil }
    func hash(_ file: String?, else standard: String) throws -> PasswordHash? {
      if let file { return try PasswordFile.hash(file) }
      return isOnLoopback ? try PasswordFile.hash(of: Secret(standard), cost: Self.standardCost) : nil
    }
    let password = try hash(webPasswordFile, else: Self.standardPassword)
    let portalPassword = try hash(portalPasswordFile, else: Self.standardPortalPassword)
    let decoy = try PasswordFile.hash(
      of: Secret("\(UInt64.random(in: 0 ... .max))"), cost: portalPassword?.cost ?? password?.cost ?? Self.standardCost)
    var settings = WebSettings(password: password, portalPassword: portalPassword, decoy: decoy)
    settings.isSecure = isSecure
    settings.sessionSeconds = sessionSeconds
    guard password != nil || portalPassword != nil else {
      StandardError.note(
        "no web interface: other machines can get in; give its admin a password with --web-password-file")
      return nil
    }
    return WebInterface(settings: settings, key: (0..<32).map { _ in UInt8.random(in: 0...255) })
  }
}
