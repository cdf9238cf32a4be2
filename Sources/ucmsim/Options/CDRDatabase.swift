import ArgumentParser
import CDRStorage
import Foundation
import HardwareProfiles
import JSON
import Reports

/// The CDR database of a command: a run's folder, or the file itself.
struct CDRDatabase: ParsableArguments {
  @Argument(help: ArgumentHelp("Folder of a run, or its cdr.sqlite.", valueName: "run"))
  var run: String

  /// The file; a folder is taken for that of a run.
  var path: String { isFolder ? run + "/cdr.sqlite" : run }

  private var isFolder: Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: run, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// How the run's appliance lays its CDRs out, by the run's summary; nil for a database by itself, and for a run of
  /// which nobody knows.
  var layout: CDRLayout? {
    guard isFolder, let bytes = FileManager.default.contents(atPath: run + "/summary.json"),
      let summary: RunModel = try? JSONReader.read(from: Array(bytes))
    else { return nil }
    if let schema = summary.cdrSchema.flatMap(CDRSchema.init) {
      return CDRLayout(schema: schema, hasEmptyEntryIDs: summary.hasEmptyEntryIDs ?? false)
    }
    // Summaries of before do not say it.
    guard let catalog = try? Profiles.catalog(directory: nil) else { return nil }
    return catalog[summary.model].map { CDRLayout($0.traits) }
  }

  private struct RunModel: Decodable {
    let model: String
    let cdrSchema: String?
    let hasEmptyEntryIDs: Bool?
  }

  func open() throws -> CDRArchive {
    do throws(CDRStoreError) {
      let archive = try CDRArchive(path: path)
      if isFolder, access(run + "/summary.json", F_OK) != 0 {
        StandardError.note("\(run) has no summary.json: the run goes on or broke off, and these are its rows so far")
      }
      return archive
    } catch { throw error.complaint }
  }
}

extension CDRStoreError {
  var complaint: Complaint { Complaint(description, exit) }

  private var exit: Exit {
    switch reason {
    case .missing, .notADatabase, .notACDRDatabase, .newerSchema, .unwritable, .locked, .damaged: .unusableInput
    case .alreadyExists: .usage
    case .diskFull, .closed, .other: .internalError
    }
  }
}
