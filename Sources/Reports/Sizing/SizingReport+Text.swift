import HardwareProfiles
import PBXModel
import Primitives
import Simulation

extension SizingReport {
  private static let daysShownMax = 7

  /// The answer for a person.
  ///
  /// - Parameter width: columns of the terminal; nil, as for a pipe, cuts nothing.
  public func text(width: Int? = nil) -> String {
    var parts = [head, answer, models(width), needs(width)]
    if sizing.copiesSearched > 0 { parts.append(breakingPoints(width)) }
    parts += [busyHours, trunks(width), notes]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var head: String {
    var lines = [("PBX", pbx), ("Traffic", traffic)]
    let overlay = sizing.use.overlay
    if overlay.copies > 1 {
      lines.append(
        ("", "laid over itself: \(overlay.copies) copies, each \(overlay.shift.seconds) s after the one before"))
    }
    if sizing.options.growth.basisPoints > 0 {
      lines.append(("Growth", "\(sizing.options.growth) on top of every peak, rounded up"))
    }
    return lines.map { name, value in name + String(repeating: " ", count: 10 - name.count) + value + "\n" }.joined()
  }

  private var traffic: String {
    guard let first = sizing.use.first, let last = sizing.use.last else { return "none: the traces show no event" }
    return "\(sizing.use.calls) calls, \(time(first)) to \(time(last)) \(timeZone.name)"
  }

  private var answer: String {
    var lines: [String] = []
    if let smallest = sizing.smallest {
      lines.append("Model     \(smallest.profile.model) is the smallest that carries it: \(reason(smallest))")
    } else {
      lines.append("Model     none of these carries it for certain")
    }
    for model in sizing.perhaps {
      lines.append("          \(model.profile.model), smaller: \(model.verdict.words): \(reason(model))")
    }
    lines.append("Plan      \(plan)")
    return lines.map { $0 + "\n" }.joined()
  }

  private var plan: String {
    switch sizing.plan {
    case .noneNeeded: "none needed: the trace and the site file show nobody remote"
    case .plan(let plan, let addOns):
      ([plan] + addOns).map(\.displayName).joined(separator: " with ") + " is the smallest that carries "
        + remoteNeeds
    case .noneSuffices: "no plan carries \(remoteNeeds)"
    }
  }

  private var remoteNeeds: String {
    sizing.needs.filter { need in
      switch need.subject {
      case .resource(.remoteUsers), .resource(.remoteCalls): true
      case .resource, .extensionsSetUp: false
      }
    }.map { "\($0.needed) \($0.subject.words)" }.joined(separator: " and ")
  }

  private func models(_ width: Int?) -> String {
    guard !sizing.models.isEmpty else { return "" }
    var table = TextTable([.init("MODEL"), .init("VERDICT"), .init("BECAUSE")])
    for model in sizing.models { table.append([model.profile.model, model.verdict.words, reason(model)]) }
    return table.text(width: width)
  }

  /// What decides the verdict, as `15 of 30 calls, 50 % left (assumed, R6: …)`.
  private func reason(_ model: ModelSizing) -> String {
    let texts = model.deciding.map(Self.standing)
    return texts.isEmpty ? "nothing is in use" : texts.joined(separator: "; ")
  }

  static func standing(_ standing: LimitStanding) -> String {
    let what = "\(standing.need.needed) "
    guard let limit = standing.limit else { return what + "\(standing.need.subject.words), limit unknown" }
    var text = what + "of \(limit.value) \(standing.need.subject.words)"
    let missing = standing.need.needed - limit.value
    if missing > 0 {
      text += ", \(missing) too few"
    } else if let percent = standing.headroomPercent {
      text += ", \(percent) % left"
    }
    text += " (\(limit.certainty.rawValue), \(limit.source))"
    switch standing.outcome {
    case .carriedUnlessOtherwise, .shortUnlessOtherwise:
      let others = limit.alternatives.map { other in
        "\(other.value): \(other.value >= standing.need.needed ? "enough" : "too few") (\(other.source))"
      }
      text += "; by others " + others.joined(separator: ", ")
    case .unused, .carried, .short, .unknown: break
    }
    return text
  }

  private func needs(_ width: Int?) -> String {
    let hasGrowth = sizing.options.growth.basisPoints > 0
    var columns: [TextTable.Column] = [.init("IN USE AT MOST"), .init("PEAK", alignment: .trailing)]
    if hasGrowth { columns.append(.init("WITH GROWTH", alignment: .trailing)) }
    var table = TextTable(columns + [.init("WHEN")])
    for need in sizing.needs where need.measured > 0 || need.subject.isAlwaysShown {
      let grown = hasGrowth ? [String(need.needed)] : []
      let when = need.measuredAt.map { time($0) } ?? (need.subject == .extensionsSetUp ? "by the site file" : "")
      table.append([need.subject.words, String(need.measured)] + grown + [when])
    }
    return table.text(width: width)
  }

  private func breakingPoints(_ width: Int?) -> String {
    var table = TextTable([
      .init("MODEL"), .init("CARRIES IT", alignment: .trailing), .init("RUNS SHORT OF"), .init("REMARK"),
    ])
    for point in sizing.breakingPoints {
      let shortest = point.shortest.map(\.words).joined(separator: ", ")
      table.append([point.profile.model, copies(point.copies), shortest, remark(point)])
    }
    return table.text(width: width)
  }

  private func remark(_ point: BreakingPoint) -> String {
    var remarks: [String] = []
    if let otherwise = point.otherwise {
      remarks.append("by other sources \(copies(otherwise.fewest)) to \(copies(otherwise.most))")
    }
    if !point.unknown.isEmpty {
      remarks.append("limit unknown: " + point.unknown.map(\.words).joined(separator: ", "))
    }
    return remarks.joined(separator: "; ")
  }

  private func copies(_ count: Int?) -> String {
    count.map { "\($0) ×" } ?? "\(sizing.copiesSearched) × or more"
  }

  private var busyHours: String {
    let gauge = sizing.use[.calls]
    guard let busiest = gauge.busyHours.busiest else { return "" }
    if isShort {
      return "The traces are shorter than an hour: traffic is their average, "
        + "\(FixedPoint.hundredths(sizing.use.erlangs(of: gauge))) erlangs of calls.\n"
    }
    var text = "Busy hour \(hour(busiest)): \(FixedPoint.hundredths(busiest.erlangs)) erlangs of calls\n"
    let days = gauge.busyHours.days
    guard days.count > 1 else { return text }
    for day in days.suffix(Self.daysShownMax) {
      text += "          \(hour(day)): \(FixedPoint.hundredths(day.erlangs))\n"
    }
    if days.count > Self.daysShownMax { text += "          the last \(Self.daysShownMax) of \(days.count) days\n" }
    return text
  }

  /// Whether traffic is an average over less than an hour.
  private var isShort: Bool { sizing.use.duration.map { $0 < .seconds(3600) } ?? true }

  private func trunks(_ width: Int?) -> String {
    guard !sizing.trunks.isEmpty else { return "" }
    let hasGrowth = sizing.options.growth.basisPoints > 0
    var columns: [TextTable.Column] = [
      .init("TRUNK"), .init("PEAK", alignment: .trailing), .init("ERLANGS", alignment: .trailing),
    ]
    if hasGrowth { columns.append(.init("WITH GROWTH", alignment: .trailing)) }
    columns += [
      .init("CHANNELS AT \(sizing.options.blocking)", alignment: .trailing), .init("CAP"),
      .init(isShort ? "" : "BUSY HOUR"),
    ]
    var table = TextTable(columns)
    for trunk in sizing.trunks { table.append(texts(trunk, hasGrowth)) }
    if sizing.trunks.count > 1 { table.append(texts(sizing.allTrunks, hasGrowth)) }
    return table.text(width: width)
  }

  private func texts(_ trunk: TrunkSizing, _ hasGrowth: Bool) -> [String] {
    let caps = [trunk.caps.outgoing.map { "\($0) out" }, trunk.caps.incoming.map { "\($0) in" }].compactMap(\.self)
    let name = trunk.use.name.isEmpty ? "all as one group" : trunk.use.name
    return [name, String(trunk.use.both.peak), FixedPoint.hundredths(trunk.erlangs)]
      + (hasGrowth ? [FixedPoint.hundredths(trunk.grownErlangs)] : [])
      + [
        trunk.channels.map(String.init) ?? "too many", caps.isEmpty ? "none" : caps.joined(separator: ", "),
        isShort ? "" : trunk.busyHour.map { time($0) } ?? "",
      ]
  }

  private var notes: String {
    guard !assumptions.isEmpty else { return "" }
    var text = "This leaned on what nobody has documented:\n"
    for (assumption, times) in orderedAssumptions {
      text += "  \(times) × \(assumption.statement(under: settings)) (\(assumption.certainty.rawValue))\n"
    }
    return text
  }

  private func hour(_ hour: BusyHours.Hour) -> String {
    "\(time(hour.start)) to \(timeZone.local(hour.start + .seconds(3600)).timeOfDay)"
  }

  private func time(_ instant: Instant) -> String { timeZone.local(instant).text }
}

extension SizingNeed.Subject {
  /// Calls and users, without which nothing is said.
  fileprivate var isAlwaysShown: Bool { self == .resource(.calls) || self == .resource(.users) }
}

extension CivilTime {
  /// `HH:MM`.
  var timeOfDay: String { Self.twoDigits(hour) + ":" + Self.twoDigits(minute) }

  static func twoDigits(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
}

extension Instant.Span {
  /// Seconds with as many digits after the point as it takes, as `37` or `0.5`.
  var seconds: String {
    let rest = (nanoseconds.magnitude % 1_000_000_000) / 1_000_000
    let digits = String(rest + 1000).dropFirst()
    let fraction = digits.reversed().drop { $0 == "0" }.reversed()
    return String(wholeSeconds) + (fraction.isEmpty ? "" : "." + String(fraction))
  }
}
