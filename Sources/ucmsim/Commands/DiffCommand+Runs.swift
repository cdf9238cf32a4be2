import JSON
import Reports
import RunComparison

extension DiffCommand {
  /// Two runs, or two folders of many runs.
  func compareRuns() throws {
    let (before, after) = (RunFolder(database.run), RunFolder(file))
    if !before.hasRun, !after.hasRun, let ones = before.runs, let others = after.runs {
      return try compareArchives(ones, others)
    }
    let (one, other) = try RunFolder.read(before, after)
    let difference = RunDifference(from: one, to: other).only(parts)
    try print(
      RunDifferenceText(difference, from: one, to: other, showsAll: all).text, difference.json, difference.isEmpty)
  }

  private func compareArchives(_ ones: [String], _ others: [String]) throws {
    let names = ones.filter(Set(others).contains)
    let runs = try names.map { name in
      let (one, other) = try RunFolder.read(RunFolder("\(database.run)/\(name)"), RunFolder("\(file)/\(name)"))
      return ArchiveDifference.Run(name: name, difference: RunDifference(from: one, to: other).only(parts))
    }
    let difference = ArchiveDifference(
      runs: runs, onlyBefore: ones.filter { !names.contains($0) }, onlyAfter: others.filter { !names.contains($0) })
    try print(ArchiveDifferenceText(difference, showsAll: all).text, difference.json, difference.isEmpty)
  }

  var parts: RunDifference.Parts {
    guard !only.isEmpty else { return .all }
    return only.reduce(into: []) { parts, part in
      switch part {
      case .rows: parts.insert(.rows)
      case .journal: parts.insert(.journal)
      case .crm: parts.insert(.requests)
      }
    }
  }

  /// Prints the one that is asked for, and ends with the code for findings where there are any.
  func print(_ text: @autoclosure () -> String, _ json: @autoclosure () -> JSONValue, _ isEmpty: Bool) throws {
    let output = StandardOutput.shared
    switch format {
    case .text: output.append(text())
    case .json:
      try output.append { bytes in
        json().write(.indented, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    try output.flush()
    if !isEmpty { throw Complaint("", .findings) }
  }
}
