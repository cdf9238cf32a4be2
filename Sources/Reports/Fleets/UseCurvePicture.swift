import HardwareProfiles
import Primitives
import Simulation

/// Concurrent calls over time, and the limits of the models that lie within reach of them.
struct UseCurvePicture {
  private let summary: FleetSummary
  private let peak: Int
  /// Limits drawn, the lowest first, and the models that have each.
  private let limits: [(value: Int, models: [String])]
  private let top: Int

  private static let width = 960
  private static let height = 340
  private static let frame = (left: 48, right: 760, top: 16, bottom: 300)
  private static let labelLine = 15
  /// A limit farther up than so many peaks would make a flat line of the traffic.
  private static let reach = 3
  private static let modelsPerLabel = 3

  init(_ summary: FleetSummary) {
    self.summary = summary
    peak = max(1, summary.curve.most.max() ?? 0)
    var models: [Int: [String]] = [:]
    for result in summary.results {
      guard let limit = result.ledger.calls.limit, models[limit.value]?.contains(result.name) != true else { continue }
      models[limit.value, default: []].append(result.name)
    }
    let most = peak.multipliedReportingOverflow(by: Self.reach).partialValue
    limits = models.filter { $0.key <= most }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    top = max(peak, limits.last?.value ?? 0)
  }

  var text: String {
    guard let start = summary.curve.start else { return "<p>No call.</p>\n" }
    var svg = "<div class=\"wide\" tabindex=\"0\"><svg viewBox=\"0 0 \(Self.width) \(Self.height)\" role=\"img\" "
    svg += "aria-label=\"Concurrent calls over time, at most \(summary.curve.most.max() ?? 0)\">\n"
    svg += grid(start) + area
    let labels = labelLines
    for (limit, label) in zip(limits, labels) {
      let line = y(limit.value)
      svg +=
        "<line class=\"limit\" x1=\"\(Self.frame.left)\" y1=\"\(line)\" x2=\"\(Self.frame.right)\" y2=\"\(line)\"/>"
      svg += "<line class=\"axis\" x1=\"\(Self.frame.right)\" y1=\"\(line)\" x2=\"\(Self.frame.right + 12)\" "
      svg += "y2=\"\(label)\"/>"
      svg += "<text x=\"\(Self.frame.right + 16)\" y=\"\(label + 4)\">\(SVGText.escaped(words(limit)))</text>\n"
    }
    return svg + "</svg></div>\n" + beyond
  }

  private func grid(_ start: Instant) -> String {
    let frame = Self.frame
    var svg = ""
    let marks = Set([0, top / 2, top]).sorted()
    for mark in marks {
      svg += "<line class=\"axis\" x1=\"\(frame.left)\" y1=\"\(y(mark))\" x2=\"\(frame.right)\" y2=\"\(y(mark))\"/>"
      svg += "<text class=\"soft\" x=\"\(frame.left - 6)\" y=\"\(y(mark) + 4)\" text-anchor=\"end\">\(mark)</text>\n"
    }
    let length = Int64(summary.curve.most.count).multipliedReportingOverflow(by: summary.curve.step.nanoseconds)
    let end = start + Instant.Span(nanoseconds: length.overflow ? .max : length.partialValue)
    let below = frame.bottom + 20
    svg += "<text class=\"soft\" x=\"\(frame.left)\" y=\"\(below)\">\(summary.timeZone.local(start).text)</text>"
    svg += "<text class=\"soft\" x=\"\(frame.right)\" y=\"\(below)\" text-anchor=\"end\">"
    return svg + "\(summary.timeZone.local(end).text)</text>\n"
  }

  /// Each step as high as the most that was in use in it.
  private var area: String {
    let steps = summary.curve.most
    var path = "M\(Self.frame.left) \(Self.frame.bottom)"
    var last = -1
    for (place, value) in steps.enumerated() {
      if value != last { path += "H\(x(place, of: steps.count))V\(y(value))" }
      last = value
    }
    return "<path class=\"use\" d=\"\(path)H\(Self.frame.right)V\(Self.frame.bottom)Z\"/>\n"
  }

  private func x(_ step: Int, of count: Int) -> Int {
    Self.frame.left + (Self.frame.right - Self.frame.left) * step / max(1, count)
  }

  private func y(_ value: Int) -> Int {
    let height = Self.frame.bottom - Self.frame.top
    return Self.frame.bottom - Int((Double(value) / Double(max(1, top)) * Double(height)).rounded())
  }

  /// Where each label stands: beside its line, or as far above the one below it as a text takes.
  private var labelLines: [Int] {
    var lines: [Int] = []
    var highest = Int.max
    for limit in limits {
      let line = min(y(limit.value), highest == .max ? .max : highest - Self.labelLine)
      lines.append(line)
      highest = line
    }
    // Too many for the height: they are moved down together.
    let over = max(0, Self.labelLine / 2 - (lines.last ?? Self.labelLine))
    return lines.map { $0 + over }
  }

  private func words(_ limit: (value: Int, models: [String])) -> String {
    let named = limit.models.prefix(Self.modelsPerLabel).joined(separator: ", ")
    let more = limit.models.count - Self.modelsPerLabel
    return "\(limit.value) \(named)" + (more > 0 ? " +\(more)" : "")
  }

  /// Models whose line is not in the picture.
  private var beyond: String {
    let drawn = Set(limits.flatMap(\.models))
    var higher: [String] = []
    var open: [String] = []
    for result in summary.results where !drawn.contains(result.name) {
      guard let limit = result.ledger.calls.limit else {
        if !open.contains(result.name) { open.append(result.name) }
        continue
      }
      let text = "\(result.name) \(limit.value)"
      if !higher.contains(text) { higher.append(text) }
    }
    var text = ""
    if !higher.isEmpty { text += "Limits above the picture: \(higher.joined(separator: ", ")). " }
    if !open.isEmpty { text += "Limit unknown: \(open.joined(separator: ", "))." }
    return text.isEmpty ? "" : "<p>\(SVGText.escaped(text))</p>\n"
  }
}
