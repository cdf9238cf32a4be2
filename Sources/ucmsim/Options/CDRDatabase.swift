import ArgumentParser
import CDRStorage
import Glibc

/// The CDR database of a command: a run's folder, or the file itself.
struct CDRDatabase: ParsableArguments {
  @Argument(help: ArgumentHelp("Folder of a run, or its cdr.sqlite.", valueName: "run"))
  var run: String

  /// The file; a folder is taken for that of a run.
  var path: String { isFolder ? run + "/cdr.sqlite" : run }

  private var isFolder: Bool {
    var status = stat()
    return stat(run, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
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
