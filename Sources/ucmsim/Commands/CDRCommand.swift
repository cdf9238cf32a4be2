import ArgumentParser
import CDRStorage
import HardwareProfiles
import PBXModel
import Primitives
import Reports

/// `ucmsim cdr`: what a run wrote down.
struct CDRCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cdr",
    abstract: "Query and export the CDRs of a run.",
    discussion: """
      A call is found when one of its rows meets every condition, and is printed with all its rows. Calls come by \
      their start; --limit and --offset count calls. `ucmsim cdr query --help` has every condition.

      Examples:
        ucmsim cdr run --from 2026-11-20 --to 2026-11-20 --status busy,failed
        ucmsim cdr run --caller 5300,5302-5304 --callee +49@ --format csv
        ucmsim cdr run/cdr.sqlite --trunk Carrier --order newest --limit 50
        ucmsim cdr run --caller 1xxx --callee 6400 --format json
      """,
    subcommands: [Query.self, Clean.self], defaultSubcommand: Query.self)

  /// How calls are printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, xml, csv
    case guiCSV = "gui-csv"
  }

  /// Which columns rows have.
  enum Schema: String, CaseIterable, ExpressibleByArgument {
    case fields22 = "22"
    case fields32 = "32"
    case fields43 = "43"
  }

  /// In which order they are printed.
  enum Order: String, CaseIterable, ExpressibleByArgument {
    case oldest, newest
  }

  struct Query: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "query", abstract: "Print the calls that meet every condition (the default).")

    @OptionGroup var database: CDRDatabase
    @OptionGroup var conditions: CDRConditions

    @Option(help: "By the start: oldest or newest first.")
    var order = Order.oldest

    @Option(help: ArgumentHelp("Calls to print at most.", valueName: "number"))
    var limit: Int?

    @Option(help: ArgumentHelp("Calls to leave out at the front.", valueName: "number"))
    var offset = 0

    @Option(
      help: "text (one line a row, as the appliance's page); json, xml or csv (as its API); gui-csv (as its page).")
    var format = Format.text

    @Option(
      help: "Columns of json, xml and csv: those of 2013, of the 62xx and 6510, or of the 63xx; else the model's.")
    var schema: Schema?

    mutating func validate() throws {
      if offset < 0 { throw ValidationError("--offset is 0 or more.") }
      if let limit, limit < 0 { throw ValidationError("--limit is 0 or more.") }
    }

    func run() throws {
      let archive = try database.open()
      var query = conditions.query(in: archive.timeZone)
      switch order {
      case .oldest: query.order = .oldest
      case .newest: query.order = .newest
      }
      query.limit = limit
      query.offset = offset
      do {
        switch format {
        case .text: try printTable(archive, query)
        case .json: try export(archive, query, as: .json)
        case .xml: try export(archive, query, as: .xml)
        case .csv: try export(archive, query, as: .csv)
        case .guiCSV: try export(archive, query, as: .guiCSV)
        }
      } catch let error as CDRStoreError {
        try? StandardOutput.shared.flush()
        throw error.complaint
      }
      if Interrupt.wasRequested { throw Complaint("interrupted; these are the calls found so far", .interrupted) }
    }

    private func printTable(_ archive: CDRArchive, _ query: CDRQuery) throws {
      let widths = [19, 9, 44, 30, 16, 8, 8, 0]
      var printer = RecordPrinter(.text, columns: Array(zip(CDRListing.columns, widths)))
      try archive.forEachCall(matching: query) { call in
        let isWanted = call.rows.allSatisfy { row in
          printer.print(writeJSON: { _ in }, texts: CDRListing.texts(row, in: archive.timeZone))
        }
        return isWanted && !Interrupt.wasRequested
      }
      try printer.finish()
    }

    private func export(_ archive: CDRArchive, _ query: CDRQuery, as format: CDRFormat) throws {
      let output = StandardOutput.shared
      var rendering = CDRRendering(format, layout: layout, timeZone: archive.timeZone)
      try output.append { rendering.start(&$0) }
      try archive.forEachCall(matching: query) { call in
        try output.append { rendering.append(call, to: &$0) }
        return !Interrupt.wasRequested
      }
      try output.append {
        rendering.finish(&$0)
        if format == .json || format == .xml { $0.append(UInt8(ascii: "\n")) }
      }
      try output.flush()
    }

    private var layout: CDRLayout {
      switch schema {
      case .fields22: CDRLayout(schema: .fields22)
      case .fields32: CDRLayout(schema: .fields32)
      case .fields43: CDRLayout(schema: .fields43)
      case nil: database.layout ?? CDRLayout(schema: .fields32)
      }
    }
  }
}
