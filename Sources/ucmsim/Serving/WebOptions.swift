import ApplianceWeb
import ArgumentParser
import Primitives

/// Who may use the appliance's web interface.
struct WebOptions: ParsableArguments {
  @Flag(help: "Leave the web interface out.")
  var noWeb = false

  @Option(
    help: ArgumentHelp(
      "File whose first line is the password of the web interface's admin; without it `admin123`, on loopback only.",
      valueName: "file"))
  var webPasswordFile: String?

  @Option(
    help: ArgumentHelp(
      "File whose first line is every extension's password at the user portal; without it `user123`, on loopback only.",
      valueName: "file"))
  var portalPasswordFile: String?

  private static let standardPassword = "admin123"
  private static let standardPortalPassword = "user123"

  mutating func validate() throws {
    guard !noWeb || (webPasswordFile == nil && portalPasswordFile == nil) else {
      throw ValidationError("--no-web leaves out what the password files are for.")
    }
  }

  /// The interface; nil for none. Where other machines can get in, whoever has no password of his own cannot.
  func interface(isOnLoopback: Bool, isSecure: Bool, sessionSeconds: Int64) throws -> WebInterface? {
    if noWeb { return nil }
    let standard = { (password: String) in Secret(isOnLoopback ? password : "") }
    var settings = WebSettings(
      password: try webPasswordFile.map { try PasswordFile.read($0) } ?? standard(Self.standardPassword),
      portalPassword: try portalPasswordFile.map { try PasswordFile.read($0) }
        ?? standard(Self.standardPortalPassword))
    settings.isSecure = isSecure
    settings.sessionSeconds = sessionSeconds
    guard !settings.password.value.isEmpty || !settings.portalPassword.value.isEmpty else {
      StandardError.note(
        "no web interface: other machines can get in; give its admin a password with --web-password-file")
      return nil
    }
    return WebInterface(settings: settings, key: (0..<32).map { _ in UInt8.random(in: 0...255) })
  }
}
