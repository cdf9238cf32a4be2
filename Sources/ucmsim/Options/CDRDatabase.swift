import ArgumentParser
import CDRStorage
import Foundation
import HardwareProfiles
import JSON

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

  /// The model the run was of, by its summary; nil for a database by itself, and for a model this program has no
  /// profile of.
  var profile: Profile? {
    guard isFolder, let bytes = FileManager.default.contents(atPath: run + "/summary.json"),
      let summary: RunModel = try? JSONReader.read(from: Array(bytes))
    else { return nil }
    guard let catalog = try? Profiles.catalog(directory: nil) else { return nil }
    return try? Profiles.model(summary.model, firmware: summary.firmware, in: catalog)
  }

  private struct RunModel: Decodable {
    let model: String
    let firmware: String?
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
