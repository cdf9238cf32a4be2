import Cases
import ConfigurationFiles
import Foundation
import Glibc

/// A case with the folder it lies in.
struct CaseFolder: Sendable {
  /// The file's name in every case folder.
  static let fileName = "case.yaml"
  /// Levels of folders that are searched.
  static let depthMax = 32
  /// Case files of one run.
  static let casesMax = 100_000

  /// As it was given, or found below what was given.
  let path: String
  /// Files outside of it may not be named.
  let root: String
  /// What the case is called if it does not say: its place below the root.
  let name: String
  let testCase: TestCase
  /// Of the case file's text; empty where there is no file yet.
  let digest: String

  var file: String { CasePath.shortened(path + "/" + Self.fileName) }

  /// Folders with a case file, those given and those below them, in the order of their names and each once.
  ///
  /// Links to folders are not followed, so that no folder contains itself.
  static func search(_ given: [String]) throws -> [(path: String, searched: String)] {
    var found: [(path: String, searched: String)] = []
    var known: Set<String> = []
    for path in given {
      let folder = path.hasSuffix("/" + fileName) ? String(path.dropLast(fileName.count + 1)) : path
      let start = folder == fileName ? "." : folder
      guard CasePath.isDirectory(start), let real = CasePath.real(start) else {
        throw Complaint("\(path): there is no such folder; give folders that hold \(fileName)", .usage)
      }
      let before = found.count
      try search(start, depth: 0) { folder in
        guard let place = CasePath.real(folder), known.insert(place).inserted else { return }
        found.append((CasePath.shortened(folder), real))
        guard found.count <= casesMax else {
          throw Complaint("more than \(casesMax) cases; give fewer folders", .usage)
        }
      }
      if found.count == before, !known.contains(where: { CasePath.isInside($0, real) }) {
        throw Complaint("\(path): holds no \(fileName), neither itself nor below", .usage)
      }
    }
    return found
  }

  private static func search(_ folder: String, depth: Int, found: (String) throws -> Void) throws {
    if access(folder + "/" + fileName, F_OK) == 0 { try found(folder) }
    guard depth < depthMax else { return }
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }
    for name in names.sorted() {
      let path = folder + "/" + name
      guard FileState(path, followsLinks: false)?.isDirectory == true else { continue }
      try search(path, depth: depth + 1, found: found)
    }
  }

  /// A case that is in no file yet.
  init(path: String, root: String, testCase: TestCase) {
    (self.path, self.root, self.testCase) = (path, root, testCase)
    (name, digest) = (testCase.name, "")
  }

  /// Reads the case file.
  init(path: String, searched: String, vocabulary: CaseVocabulary) throws {
    self.path = path
    let real = CasePath.real(path) ?? path
    root = CasePath.root(of: real, searched: searched)
    name = Self.name(of: real, below: root)
    let file = CasePath.shortened(path + "/" + Self.fileName)
    let text = try ConfigurationText.read(file)
    digest = ContentDigest.text(of: Array(text.utf8))
    do throws(ConfigurationErrors) {
      testCase = try CaseFile.read(text: text, path: file, name: name, vocabulary: vocabulary)
    } catch {
      throw Complaint(error.description, .unusableInput)
    }
  }

  /// `fixtures/cases/busy`, wherever the program was started.
  static func name(of real: String, below root: String) -> String {
    guard real != root, CasePath.isInside(real, root) else {
      return String(real.split(separator: "/").last ?? "case")
    }
    return String(real.dropFirst(root == "/" ? 1 : root.count + 1))
  }

  /// The file that a reference of the case means.
  ///
  /// Complains with the place in the case where there is none, or where it is outside of the root.
  func resolve(_ reference: TestCase.Reference) throws -> String {
    let path = CasePath.shortened(self.path + "/" + reference.path)
    let place = "\(file):\(reference.place.line):\(reference.place.column): "
    guard let real = CasePath.real(path) else {
      throw Complaint(
        place + "`\(reference.path)` cannot be found: \(String(cString: strerror(errno))); "
          + "paths are relative to the case's folder", .unusableInput)
    }
    guard CasePath.isInside(real, root) else {
      throw Complaint(
        place + "`\(reference.path)` is outside of \(root), so the case would not be whole elsewhere; copy the file "
          + "there", .unusableInput)
    }
    return path
  }
}
