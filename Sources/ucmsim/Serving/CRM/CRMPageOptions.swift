import ApplianceAPI
import ArgumentParser

/// The CRM pages of the web interface.
struct CRMPageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What a user saves on the CRM user page is in force at-once, or with-changes, the administrator's next Apply "
        + "Changes.", valueName: "when"),
    transform: { try APIUserOptions.word($0) })
  var crmUserPages = DoorSettings.UserPages.atOnce

  @Option(
    help: ArgumentHelp(
      "Key of 32 bytes that secrets of CRM users are sealed with in --state; made when missing, `crm-key` of that "
        + "folder otherwise.", valueName: "file"))
  var keyFile: String?

  /// - Parameter state: the folder that is kept; nil for none.
  func check(state: String?) throws {
    guard keyFile == nil || state != nil else {
      throw ValidationError("--key-file is for what --state keeps.")
    }
  }
}
