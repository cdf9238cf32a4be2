public import Cases

/// The results of a suite as one page that needs nothing else: no script, no font, no picture from elsewhere.
public struct SuiteHTML {
  private let results: [CellResult]

  /// Results in the order they are told in.
  public init(_ results: [CellResult]) { self.results = results }

  /// The whole page.
  public var text: String {
    let counts = MarkupText.escaped(SuiteText(results).counts)
    var page = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>ucmsim test: \(counts)</title>
      <style>
      \(Self.style)
      </style></head><body>
      <h1>\(counts)</h1>

      """
    page += "<div class=\"wide\"><table><thead><tr><th>Cell</th><th>Verdict</th><th>Expectations</th><th>Calls</th>"
    page += "<th>Rows</th></tr></thead><tbody>\n"
    for (index, cell) in results.enumerated() {
      let held = cell.expectations.count { $0.hasPassed }
      page += "<tr><td><a href=\"#cell\(index)\">\(MarkupText.escaped(cell.id.text))</a></td>"
      page += "<td class=\"\(cell.verdict.rawValue)\">\(cell.verdict.rawValue)</td>"
      page += "<td>\(held) of \(cell.expectations.count)</td><td>\(cell.calls)</td><td>\(cell.rows)</td></tr>\n"
    }
    page += "</tbody></table></div>\n"
    for (index, cell) in results.enumerated() { page += Self.section(cell, index) }
    return page + "</body></html>\n"
  }

  private static func section(_ cell: CellResult, _ index: Int) -> String {
    let isOpen = cell.verdict == .failed || cell.verdict == .unusable
    var text = "<details id=\"cell\(index)\"\(isOpen ? " open" : "")><summary>"
    text += "<span class=\"\(cell.verdict.rawValue)\">\(cell.verdict.rawValue)</span> "
    text += "\(MarkupText.escaped(cell.id.text))</summary>\n"
    if !cell.claim.isEmpty { text += "<p>\(MarkupText.escaped(cell.claim))</p>\n" }
    if !cell.problem.isEmpty { text += "<pre>\(MarkupText.escaped(cell.problem))</pre>\n" }
    text += expectations(cell)
    if !cell.commands.isEmpty {
      text += "<h3>Again</h3><pre>\(MarkupText.escaped(cell.commands.joined(separator: "\n")))</pre>\n"
    }
    text += table(cell)
    if cell.load.count > 1 { text += "<h3>Calls over time</h3>\n" + SuiteLoadPlot(cell.load).svg }
    for ladder in cell.ladders { text += "<div class=\"wide ladder\">\(inline(ladder))</div>\n" }
    return text + "</details>\n"
  }

  private static func expectations(_ cell: CellResult) -> String {
    guard !cell.expectations.isEmpty else { return "" }
    var text = "<h3>Expectations</h3><ul class=\"expectations\">\n"
    for expectation in cell.expectations {
      let verdict = expectation.hasPassed ? "passed" : "failed"
      text += "<li><span class=\"\(verdict)\">\(expectation.hasPassed ? "✓" : "✗")</span> "
      text += "<code>\(MarkupText.escaped(expectation.label))</code> \(MarkupText.escaped(expectation.claim))"
      if !expectation.hasPassed {
        text +=
          "<br>\(MarkupText.escaped("\(cell.file):\(expectation.line):\(expectation.column): \(expectation.message)"))"
        text += "<pre>\(MarkupText.escaped(SuiteText.lines(expectation).joined(separator: "\n")))</pre>"
      }
      text += "</li>\n"
    }
    return text + "</ul>\n"
  }

  private static func table(_ cell: CellResult) -> String {
    guard !cell.table.isEmpty else { return "" }
    var text = "<h3>Rows</h3><div class=\"wide\"><table><thead><tr>"
    text += cell.tableColumns.map { "<th>\(MarkupText.escaped($0))</th>" }.joined() + "</tr></thead><tbody>\n"
    for row in cell.table {
      text += "<tr>" + row.map { "<td>\(MarkupText.escaped($0))</td>" }.joined() + "</tr>\n"
    }
    text += "</tbody></table></div>\n"
    let left = cell.rows - cell.table.count
    return left > 0 ? text + "<p>… \(left) more</p>\n" : text
  }

  /// A picture without the head that belongs to a file of its own.
  private static func inline(_ svg: String) -> Substring {
    svg.firstRange(of: "<svg").map { svg[$0.lowerBound...] } ?? svg[...]
  }

  private static let style = """
    :root{color-scheme:light dark;--paper:#fff;--ink:#1c1e21;--line:#d0d4d9;--soft:#f4f5f7;--good:#1a7f37;--bad:#b3261e}
    @media (prefers-color-scheme:dark){:root{--paper:#16181c;--ink:#e4e6ea;--line:#3a3f47;--soft:#22262c;\
    --good:#56d364;--bad:#ff8a80}}
    body{background:var(--paper);color:var(--ink);font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:75rem;\
    padding:1rem}
    .wide{overflow-x:auto}
    table{border-collapse:collapse}
    th,td{border:1px solid var(--line);padding:.2rem .5rem;text-align:left;white-space:nowrap}
    th{background:var(--soft)}
    pre{background:var(--soft);overflow-x:auto;padding:.5rem}
    details{border-top:1px solid var(--line);padding:.5rem 0}
    summary{cursor:pointer}
    .passed{color:var(--good)}.failed,.unusable{color:var(--bad);font-weight:600}
    .ladder{background:#fff;margin:.5rem 0}
    .expectations{list-style:none;padding-left:0}
    .load{background:var(--soft);width:100%;height:10rem}
    .load path{fill:none;stroke:var(--ink);stroke-width:1.5;vector-effect:non-scaling-stroke}
    """
}
