import JSON
import ArgumentParser
import HardwareProfiles
import Reports
import Simulation

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
        ucmsim models show box9000 --profiles my-profiles
        ucmsim models firmware
        ucmsim models firmware 2013
        ucmsim models plans
        ucmsim models assumptions
      """,
    subcommands: [List.self, Show.self, Diff.self, FirmwareList.self, Plans.self, Assumptions.self],
    defaultSubcommand: List.self)

  struct CatalogOptions: ParsableArguments {
    @OptionGroup var profiles: ProfilesOption

    @Option(help: "text, json, jsonl or csv.")
    var format = OutputFormat.text

    func printFacts(_ facts: [ProfileFact]) throws {
      var printer = RecordPrinter(format, columns: ProfileFact.columns(for: facts))
      for fact in facts { printer.print(json: fact.json, texts: fact.texts) }
      try printer.finish()
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List every model.")
    @OptionGroup var options: CatalogOptions

    func run() throws {
      let catalog = try options.profiles.catalog()
      var printer = RecordPrinter(options.format, columns: ModelReport.columns)
      for profile in catalog.models {
        printer.print(json: ModelReport.json(profile), texts: ModelReport.texts(profile))
      }
      try printer.finish()
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show everything known of one model, with its sources, and what is not known.")
    @Argument(help: "The model, in any case.") var model: String

    @Option(
      help: ArgumentHelp("The age of its firmware; see `ucmsim models firmware`.", valueName: "name"))
    var firmware: String?

    @OptionGroup var options: CatalogOptions

    func run() throws {
      let profile = try Profiles.model(model, firmware: firmware, in: options.profiles.catalog())
      try options.printFacts(ModelReport.facts(of: profile))
    }
  }

  struct FirmwareList: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "firmware", abstract: "List the CRM systems that the menu of each age's firmware offers.",
      discussion: "With a name: what that firmware makes of every model it runs on.")
    @Argument(help: "One firmware, in any case.") var name: String?
    @OptionGroup var options: CatalogOptions

    func run() throws {
      let catalog = try options.profiles.catalog()
      if let name {
        return try options.printFacts(FirmwareReport.facts(of: try Profiles.firmware(name, in: catalog)))
      }
      var printer = RecordPrinter(options.format, columns: FirmwareReport.columns)
      for row in catalog.firmware.flatMap(FirmwareReport.rows) {
        printer.print(json: FirmwareReport.json(row), texts: FirmwareReport.texts(row))
      }
      try printer.finish()
    }
  }

  struct Plans: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the plans for remote users and what each allows on top of the model's own limits.")
    @OptionGroup var options: CatalogOptions

    func run() throws {
      let catalog = try options.profiles.catalog()
      var printer = RecordPrinter(options.format, columns: PlanReport.columns)
      for row in catalog.plans.flatMap(PlanReport.rows) {
        printer.print(json: PlanReport.json(row), texts: PlanReport.texts(row))
      }
      try printer.finish()
    }
  }

  struct Assumptions: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List what nobody has documented and runs lean on, with the settings that change it.",
      discussion: "Settings go under `assumptions:` in the site file.")

    @Option(help: "text, json, jsonl or csv.")
    var format = OutputFormat.text

    func run() throws {
      var printer = RecordPrinter(format, columns: AssumptionReport.columns)
      for row in Assumption.allCases.flatMap(AssumptionReport.rows) {
        printer.print(json: AssumptionReport.json(row), texts: AssumptionReport.texts(row))
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
      let catalog = try options.profiles.catalog()
      let (left, right) = (try Profiles.model(one, in: catalog), try Profiles.model(other, in: catalog))
      let differences = ProfileCatalog.differences(between: left, and: right)
      var printer = RecordPrinter(options.format, columns: ModelReport.columns(for: differences, left, right))
      for difference in differences {
        printer.print(
          json: ModelReport.json(difference, left, right), texts: ModelReport.texts(difference))
      }
      try printer.finish()
      if !differences.isEmpty { throw Complaint("", .findings) }
    }
  }
}
