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
    return (
      try FleetOptions.chosen(models, "--models", all: catalog.models) { try Profiles.model($0, in: catalog) }, catalog
    )
  }
}
