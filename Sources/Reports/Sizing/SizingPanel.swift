import HardwareProfiles
import Primitives
import Simulation

/// One resource's use over time and the models' lines across it.
struct SizingPanel {
  /// A line across the picture, and what stands beside it.
  private struct Mark {
    let value: Int
    let text: String
    let lineStyle: String
    let textStyle: String
  }

  private static let left = 70
  private static let right = 700
  private static let top = 34
  private static let bottomMargin = 74
  private static let labelHeight = 16
  private static let labelColumns = 38
  private static let noteColumns = 125
  /// Lines above so many times of what is needed would press the use flat; they are named in words.
  private static let scaleMax = 4

  private let resource: Resource
  private let series: LevelSeries
  private let peak: Int
  private let axis: TimeAxis?
  private let marks: [Mark]
  /// In words what no line is drawn of.
  private let leftOut: [String]
  private let most: Int

  init(_ sizing: Sizing, _ resource: Resource, timeZone: SiteTimeZone) {
    self.resource = resource
    series = sizing.use[resource].series
    peak = sizing.use[resource].peak
    axis = TimeAxis(series, timeZone: timeZone)
    let needed = sizing.options.growth.added(to: peak)
    var models: [Int: [String]] = [:]
    var unknown: [String] = []
    for model in sizing.models {
      let standing = model.standings.first { $0.need.subject == .resource(resource) }
      if let limit = standing?.limit {
        models[limit.value, default: []].append(model.profile.model)
      } else {
        unknown.append(model.profile.model)
      }
    }
    let limits = models.keys.sorted()
    let farthest = max(limits.first { $0 >= needed } ?? 0, Self.times(needed, Self.scaleMax))
    let drawn = limits.filter { $0 <= farthest }
    var marks = drawn.map { value in
      Mark(
        value: value, text: "\(value)  \((models[value] ?? []).joined(separator: ", "))",
        lineStyle: value < needed ? "limit less" : "limit", textStyle: value < needed ? "short" : "plain")
    }
    if needed > 0 {
      let words = sizing.options.growth.basisPoints > 0 ? "needed with growth" : "peak"
      marks.append(Mark(value: needed, text: "\(needed)  \(words)", lineStyle: "wanted", textStyle: "need"))
    }
    self.marks = marks.sorted { ($0.value, $0.text) > ($1.value, $1.text) }
    var leftOut = limits.filter { $0 > farthest }.map { "\($0) \((models[$0] ?? []).joined(separator: ", "))" }
    if !unknown.isEmpty { leftOut.append("unknown \(unknown.joined(separator: ", "))") }
    self.leftOut = leftOut
    most = max(1, needed, drawn.last ?? 0)
  }

  /// For those who cannot see it.
  var description: String {
    let lines = marks.map { $0.text.replacing("  ", with: " ") }.joined(separator: "; ")
    return "\(title): at most \(peak) in use. Lines from top to bottom: \(lines.isEmpty ? "none" : lines)."
  }

  private var title: String { resource.words.prefix(1).uppercased() + resource.words.dropFirst() + " at once" }

  func svg(width: Int, height: Int) -> String {
    let bottom = height - Self.bottomMargin
    var svg = Self.text(title, x: 20, y: 18, "name")
    if !leftOut.isEmpty {
      let note = "limits not drawn: " + leftOut.joined(separator: "; ")
      let lines = WrappedText.lines(note, indent: 0, hanging: 0, width: Self.noteColumns)
      for (index, line) in lines.prefix(2).enumerated() {
        let isCut = index == 1 && lines.count > 2
        svg += Self.text(
          line + (isCut ? " …" : ""), x: 20, y: height - 24 + index * 15, "note", whole: isCut ? note : nil)
      }
    }
    svg += grid(bottom)
    svg += area(bottom)
    for mark in marks {
      let y = y(mark.value, bottom)
      svg += "<line class=\"\(mark.lineStyle)\" x1=\"\(Self.left)\" y1=\"\(y)\" x2=\"\(Self.right)\" y2=\"\(y)\"/>\n"
    }
    let places = Self.spread(marks.map { y($0.value, bottom) }, top: Self.top, bottom: bottom, gap: Self.labelHeight)
    for (mark, place) in zip(marks, places) {
      let y = y(mark.value, bottom)
      svg += "<path class=\"lead\" d=\"M\(Self.right + 2) \(y)L\(Self.right + 16) \(place)\"/>\n"
      let label = DisplayWidth.truncated(DisplayWidth.printable(mark.text), to: Self.labelColumns)
      svg += Self.text(label, x: Self.right + 20, y: place + 4, mark.textStyle, whole: mark.text)
    }
    return svg
  }

  private func y(_ value: Int, _ bottom: Int) -> Int {
    bottom - Int((Double(value) / Double(most) * Double(bottom - Self.top)).rounded())
  }

  private func grid(_ bottom: Int) -> String {
    var svg = "<line class=\"axis\" x1=\"\(Self.left)\" y1=\"\(bottom)\" x2=\"\(Self.right)\" y2=\"\(bottom)\"/>\n"
    let step = Self.roundStep(most)
    for value in stride(from: 0, through: most, by: step) {
      let y = y(value, bottom)
      if value > 0 {
        svg += "<line class=\"grid\" x1=\"\(Self.left)\" y1=\"\(y)\" x2=\"\(Self.right)\" y2=\"\(y)\"/>\n"
      }
      svg += Self.text(String(value), x: Self.left - 8, y: y + 4, "note", anchor: "end")
    }
    guard let axis else {
      return svg
        + Self.text("nothing was in use", x: (Self.left + Self.right) / 2, y: bottom - 20, "note", anchor: "middle")
    }
    for tick in axis.ticks {
      let x = x(tick.share)
      svg += "<line class=\"axis\" x1=\"\(x)\" y1=\"\(bottom)\" x2=\"\(x)\" y2=\"\(bottom + 5)\"/>\n"
      svg += Self.text(tick.time, x: x, y: bottom + 19, "note", anchor: "middle")
      if let date = tick.date { svg += Self.text(date, x: x, y: bottom + 34, "note", anchor: "middle") }
    }
    return svg
  }

  private func x(_ share: Double) -> Int { Self.left + Int((share * Double(Self.right - Self.left)).rounded()) }

  /// Steps; of stretches that fall on one pixel the highest counts.
  private func area(_ bottom: Int) -> String {
    guard !series.maxima.isEmpty else { return "" }
    var heights = [Int](repeating: 0, count: Self.right - Self.left)
    let count = series.maxima.count
    for (index, level) in series.maxima.enumerated() {
      let first = index * heights.count / count
      let last = max(first, (index + 1) * heights.count / count - 1)
      for place in first...min(last, heights.count - 1) { heights[place] = max(heights[place], level) }
    }
    var path = "M\(Self.left) \(bottom)"
    var level: Int?
    for (place, height) in heights.enumerated() where height != level {
      if level != nil { path += "H\(Self.left + place)" }
      path += "V\(y(height, bottom))"
      level = height
    }
    path += "H\(Self.right)V\(bottom)Z"
    return "<path class=\"area\" d=\"\(path)\"/>\n"
  }

  /// 1, 2 or 5 times a power of ten, so that there are at most ten of them up to `most`.
  static func roundStep(_ most: Int) -> Int {
    var power = 1
    while true {
      for factor in [1, 2, 5] where most / (power * factor) <= 10 { return power * factor }
      power *= 10
    }
  }

  /// Moves labels apart that would lie over each other, as little as need be, keeping their order.
  ///
  /// - Parameter places: from top to bottom.
  static func spread(_ places: [Int], top: Int, bottom: Int, gap: Int) -> [Int] {
    var result = places
    for index in result.indices.dropFirst() { result[index] = max(result[index], result[index - 1] + gap) }
    guard let last = result.indices.last, result[last] > bottom else { return result }
    result[last] = bottom
    for index in result.indices.dropLast().reversed() { result[index] = min(result[index], result[index + 1] - gap) }
    return result
  }

  private static func times(_ value: Int, _ factor: Int) -> Int {
    let (product, isTooLarge) = value.multipliedReportingOverflow(by: factor)
    return isTooLarge ? .max : product
  }

  static func text(
    _ text: String, x: Int, y: Int, _ style: String, anchor: String? = nil, whole: String? = nil
  ) -> String {
    let anchor = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
    let title = whole.flatMap { $0 == text ? nil : "<title>\(SVGText.escaped($0))</title>" } ?? ""
    return "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\"\(anchor)>\(title)\(SVGText.escaped(text))</text>\n"
  }
}
