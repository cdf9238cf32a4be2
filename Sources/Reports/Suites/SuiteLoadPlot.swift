import Cases

/// Calls over time as a small picture.
struct SuiteLoadPlot {
  private let load: [CellResult.Load]

  init(_ load: [CellResult.Load]) { self.load = load }

  private static let (width, height) = (1000.0, 100.0)

  /// Steps: between two changes the number of calls stays the same.
  var svg: String {
    let end = max(load.last?.seconds ?? 0, 0.001)
    let peak = max(load.map(\.calls).max() ?? 0, 1)
    var path = "M0 \(Self.number(Self.height))"
    for point in load {
      let x = Self.number(point.seconds / end * Self.width)
      path += "H\(x)V\(Self.number(Self.height - Double(point.calls) / Double(peak) * Self.height))"
    }
    return """
      <svg class="load" viewBox="-5 -5 1010 110" preserveAspectRatio="none" role="img"><title>at most \(peak) calls at \
      once in \(Self.number(end)) s</title><path d="\(path)"/></svg>
      <p>at most \(peak) at once, over \(Self.number(end)) s</p>

      """
  }

  /// One digit after the point, whatever the machine thinks of locales.
  private static func number(_ value: Double) -> String {
    let tenths = Int64((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(abs(tenths % 10))"
  }
}
