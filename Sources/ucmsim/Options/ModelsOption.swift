import ArgumentParser
import HardwareProfiles

/// Which models a command looks at.
struct ModelsOption: ParsableArguments {
  @Option(help: ArgumentHelp("all, or models with commas between; see `ucmsim models`.", valueName: "models"))
  var models = "all"

  @Option(help: ArgumentHelp("Folder of profiles in place of the built-in one.", valueName: "folder"))
  var profiles: String?

  /// The models asked for, in the order given, and the catalog they are of.
  func chosen() throws -> (profiles: [Profile], catalog: ProfileCatalog) {
    let catalog = try Profiles.catalog(directory: profiles)
    if models == "all" { return (catalog.models, catalog) }
    var chosen: [Profile] = []
    for name in models.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = name.drop { $0 == " " }
      guard !trimmed.isEmpty else { throw Complaint("--models takes all, or names with commas between", .usage) }
      let profile = try Profiles.model(String(trimmed), in: catalog)
      guard !chosen.contains(where: { $0.model == profile.model }) else {
        throw Complaint("--models names \(profile.model) twice", .usage)
      }
      chosen.append(profile)
    }
    return (chosen, catalog)
  }
}
