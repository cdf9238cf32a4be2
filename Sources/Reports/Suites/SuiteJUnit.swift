public import Cases

/// The results of a suite as JUnit's XML, as Jenkins, GitLab and others read it.
public enum SuiteJUnit {
  /// A suite for each case, a test for each cell. Times are 0 where durations were not asked for.
  public static func document(_ results: [CellResult]) -> String {
    var names: [String] = []
    var cells: [String: [CellResult]] = [:]
    for result in results {
      if cells[result.id.caseName] == nil { names.append(result.id.caseName) }
      cells[result.id.caseName, default: []].append(result)
    }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"ucmsim\" \(counts(results))>\n"
    for name in names {
      let cells = cells[name] ?? []
      text += "  <testsuite name=\"\(MarkupText.escaped(name))\" \(counts(cells))>\n"
      for cell in cells { text += test(cell) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func counts(_ cells: [CellResult]) -> String {
    "tests=\"\(cells.count)\" failures=\"\(cells.count(.failed))\" errors=\"\(cells.count(.unusable))\" "
      + "skipped=\"\(cells.count(.skipped))\" time=\"\(seconds(cells.compactMap(\.durationNanoseconds).reduce(0, +)))\""
  }

  private static func test(_ cell: CellResult) -> String {
    let name = [cell.id.model, cell.id.firmware.isEmpty ? "-" : cell.id.firmware, cell.id.crm].joined(separator: "/")
    var text =
      "    <testcase classname=\"\(MarkupText.escaped(cell.id.caseName))\" name=\"\(MarkupText.escaped(name))\" "
      + "file=\"\(MarkupText.escaped(cell.file))\" time=\"\(seconds(cell.durationNanoseconds ?? 0))\""
    var inside = ""
    switch cell.verdict {
    case .passed: break
    case .skipped: inside = "      <skipped message=\"\(MarkupText.escaped(cell.problem))\"/>\n"
    case .unusable:
      inside = "      <error message=\"\(MarkupText.escaped(cell.problem))\"/>\n"
    case .failed:
      for failure in cell.failures {
        let lines = (["\(cell.file):\(failure.line):\(failure.column)"] + SuiteText.lines(failure) + cell.commands)
          .joined(separator: "\n")
        inside +=
          "      <failure message=\"\(MarkupText.escaped("\(failure.label): \(failure.message)"))\" "
          + "type=\"\(failure.verdict.rawValue)\">\(MarkupText.escaped(lines))</failure>\n"
      }
    }
    text += inside.isEmpty ? "/>\n" : ">\n\(inside)    </testcase>\n"
    return text
  }

  /// To the millisecond.
  private static func seconds(_ nanoseconds: Int64) -> String {
    let milliseconds = max(0, nanoseconds) / 1_000_000
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

/// Text of several lines inside XML and HTML.
enum MarkupText {
  /// Each line as `SVGText` has it.
  static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { SVGText.escaped(String($0)) }
      .joined(separator: "\n")
  }
}
