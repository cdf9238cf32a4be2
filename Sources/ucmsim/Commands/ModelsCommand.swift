import JSON
import ArgumentParser
import HardwareProfiles
import Reports

/// `ucmsim models`: the appliances and their limits.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Show the models, their limits and where each number comes from.",
    discussion: """
      Examples:
        ucmsim models
        ucmsim models list --format json
        ucmsim models show ucm6304
        ucmsim models diff ucm6202 ucm6304
        ucmsim models firmware
      """,
    subcommands: [List.self, Show.self, Diff.self, FirmwareList.self], defaultSubcommand: List.self)

  struct CatalogOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of profiles in place of the built-in one.", valueName: "folder"))
    var profiles: String?

    @Option(help: "text, json, jsonl or csv.")
    var format = OutputFormat.text
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List every model.")
    @OptionGroup var options: CatalogOptions

    func run() throws {
      let catalog = try Profiles.catalog(directory: options.profiles)
      var printer = RecordPrinter(options.format, columns: ModelReport.columns)
      for profile in catalog.models {
        printer.print(json: ModelReport.json(profile), texts: ModelReport.texts(profile))
      }
      try printer.finish()
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one model's limits with their sources.")
    @Argument(help: "The model, in any case.") var model: String
    @OptionGroup var options: CatalogOptions

    func run() throws {
      let profile = try Profiles.model(model, in: try Profiles.catalog(directory: options.profiles))
      var printer = RecordPrinter(options.format, columns: ModelReport.factColumns)
      for fact in ModelReport.facts(of: profile) {
        printer.print(json: ModelReport.json(fact), texts: fact.texts)
      }
      try printer.finish()
    }
  }

  struct FirmwareList: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "firmware", abstract: "List the CRM systems that the menu of each age's firmware offers.")
    @OptionGroup var options: CatalogOptions

    func run() throws {
      let catalog = try Profiles.catalog(directory: options.profiles)
      var printer = RecordPrinter(options.format, columns: FirmwareReport.columns)
      for firmware in catalog.firmware {
        for offer in firmware.crm {
          printer.print(json: FirmwareReport.json(firmware, offer), texts: FirmwareReport.texts(firmware, offer))
        }
      }
      try printer.finish()
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show in what two models differ.", discussion: "Exits with 1 when they do.")
    @Argument(help: "One model.") var one: String
    @Argument(help: "The other.") var other: String
    @OptionGroup var options: CatalogOptions

    func run() throws {
      let catalog = try Profiles.catalog(directory: options.profiles)
      let (left, right) = (try Profiles.model(one, in: catalog), try Profiles.model(other, in: catalog))
      let differences = ProfileCatalog.differences(between: left, and: right)
      var printer = RecordPrinter(
        options.format, columns: [("what", 24), (left.model, 14), (right.model, 0)])
      for difference in differences {
        let texts = ModelReport.texts(difference)
        printer.print(
          json: .object(
            [.init("what", .string(texts[0])), .init(left.model, .string(texts[1]))]
              + (left.model == right.model ? [] : [.init(right.model, .string(texts[2]))])),
          texts: texts)
      }
      try printer.finish()
      if !differences.isEmpty { throw Complaint("", .findings) }
    }
  }
}
