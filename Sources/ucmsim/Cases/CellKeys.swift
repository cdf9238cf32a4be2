import BuiltInProfiles
import Cases
import Synchronization

/// Digests of all that the results of cells depend on, this program left out.
final class CellKeys: Sendable {
  /// A file that a cell reads: what for, as the case names it, and where it is.
  private struct Input {
    let purpose: String
    let name: String
    /// nil where the case's reference leads nowhere.
    let path: String?
  }

  private let digests = FileDigests()
  private let profiles: String
  /// By the site file's path.
  private let namedBySites = Mutex<[String: [String]]>([:])

  /// Counted up when other things go into a key.
  private static let format = "1"

  init() {
    var digest = ContentDigest()
    for file in BuiltInProfiles.files { digest.add(file.path, file.text) }
    profiles = digest.text
  }

  /// Two entries of one key come to the same result, in whatever order and on whatever machine they run.
  func key(of entry: CaseSuite.Entry) -> String {
    var digest = ContentDigest()
    digest.add("format", Self.format)
    digest.add("files of a run", String(RunFormat.version))
    digest.add("name", entry.id.text)
    switch entry {
    case .unusable(let result):
      digest.add("file", result.file)
      digest.add("problem", result.problem)
    case .cell(let cell):
      digest.add("profiles", profiles)
      // Reports show paths as they were given.
      digest.add("file", cell.folder.file)
      digest.add("case", cell.folder.digest)
      for input in inputs(of: cell) {
        digest.add(input.purpose, input.name)
        digest.add("content", input.path.map(digests.text) ?? "none")
      }
    }
    return digest.text
  }

  /// Whether no file has changed since the cell's key was computed: only then the key is that of what ran.
  func isUnchanged(_ cell: Cell) -> Bool {
    inputs(of: cell).compactMap(\.path).allSatisfy(digests.isUnchanged)
  }

  private func inputs(of cell: Cell) -> [Input] {
    let testCase = cell.folder.testCase
    func input(_ purpose: String, _ reference: TestCase.Reference) -> Input {
      Input(purpose: purpose, name: reference.path, path: try? cell.folder.resolve(reference))
    }
    var inputs = testCase.traces.map { input("trace", $0) }
    if let site = cell.crm.site ?? testCase.site {
      let file = input("site", site)
      inputs.append(file)
      inputs += named(by: file.path).map { Input(purpose: "named by the site", name: $0, path: $0) }
    }
    inputs += [("data", cell.crm.data), ("faults", cell.crm.faults)].compactMap { purpose, reference in
      reference.map { input(purpose, $0) }
    }
    inputs += (testCase.golden?.files ?? []).map { file in
      Input(purpose: "golden", name: file.rawValue, path: cell.goldenFolder + "/" + file.rawValue)
    }
    return inputs
  }

  /// Files that the site file names. Of one that cannot be read nothing is known, and no cell runs with it.
  private func named(by site: String?) -> [String] {
    guard let site else { return [] }
    if let known = namedBySites.withLock({ $0[site] }) { return known }
    var paths: [String] = []
    _ = try? SiteOptions.read(site) { paths.append($0) }
    let found = paths
    namedBySites.withLock { $0[site] = found }
    return found
  }
}
