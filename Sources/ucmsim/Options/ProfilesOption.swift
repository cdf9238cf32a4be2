import ArgumentParser
import HardwareProfiles

/// Profiles of one's own.
struct ProfilesOption: ParsableArguments {
  @Option(
    name: .customLong("profiles"),
    help: ArgumentHelp(
      "Folder of profiles beside the built-in ones; a file of the same name takes the built-in one's place.",
      valueName: "folder"))
  var folder: String?

  /// The built-in profiles and those of the folder.
  func catalog() throws -> ProfileCatalog { try Profiles.catalog(directory: folder) }
}
