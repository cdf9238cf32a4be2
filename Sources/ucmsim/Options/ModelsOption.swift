import ArgumentParser
import HardwareProfiles

/// Which models a command looks at.
struct ModelsOption: ParsableArguments {
  @Option(help: ArgumentHelp("all, or models with commas between; see `ucmsim models`.", valueName: "models"))
  var models = "all"

  @OptionGroup var profiles: ProfilesOption

  /// The models asked for, in the order given, and the catalog they are of.
  func chosen() throws -> (profiles: [Profile], catalog: ProfileCatalog) {
    let catalog = try profiles.catalog()
    return (
      try FleetOptions.chosen(models, "--models", all: catalog.models) { try Profiles.model($0, in: catalog) }, catalog
    )
  }
}
