import HardwareProfiles
public import JSON
import PBXModel
import Primitives
import Simulation

extension SizingReport {
  /// The whole answer. Holds no time of day and no path but the inputs' names, so equal runs give equal bytes.
  public var json: JSONValue {
    let use = sizing.use
    return [
      "tool": .string("ucmsim \(toolVersion)"),
      "inputs": .array(inputs.map { .string($0) }),
      "site": .optional(siteName), "pbx": .string(pbx), "timeZone": .string(timeZone.name),
      "first": .optional(use.first?.iso8601), "last": .optional(use.last?.iso8601),
      "calls": int(use.calls), "copies": int(use.overlay.copies),
      "copyShiftSeconds": .decimal(Double(use.overlay.shift.nanoseconds) / 1e9, places: 3),
      "growthPercent": percent(sizing.options.growth), "blockingPercent": percent(sizing.options.blocking),
      "smallestModel": .optional(sizing.smallest?.profile.model),
      "smallerPerhaps": .array(sizing.perhaps.map { .string($0.profile.model) }),
      "plan": planJSON,
      "needs": .array(sizing.needs.map(json)),
      "models": .array(sizing.models.map(json)),
      "breakingPoints": .array(sizing.breakingPoints.map(json)),
      "copiesSearched": int(sizing.copiesSearched),
      "busyHour": busyHourJSON,
      "trunks": .array(sizing.trunks.map(json)), "allTrunks": json(sizing.allTrunks),
      "assumptions": .array(
        orderedAssumptions.map {
          [
            "name": .string($0.assumption.rawValue), "times": int($0.times),
            "certainty": .string($0.assumption.certainty.rawValue),
            "statement": .string($0.assumption.statement(under: settings)),
          ]
        }),
    ]
  }

  private func int(_ value: Int) -> JSONValue { .integer(Int64(value)) }

  private func percent(_ share: Share) -> JSONValue { .decimal(Double(share.basisPoints) / 100, places: 2) }

  private func erlangs(_ value: Double) -> JSONValue { .decimal(value, places: 4) }

  private var planJSON: JSONValue {
    switch sizing.plan {
    case .noneNeeded: ["needed": .bool(false), "plan": .null, "addOns": .array([])]
    case .plan(let plan, let addOns):
      [
        "needed": .bool(true), "plan": .string(plan.name), "addOns": .array(addOns.map { .string($0.name) }),
      ]
    case .noneSuffices: ["needed": .bool(true), "plan": .null, "addOns": .array([])]
    }
  }

  private func json(_ need: SizingNeed) -> JSONValue {
    [
      "name": .string(need.subject.name), "peak": int(need.measured), "peakAt": .optional(need.measuredAt?.iso8601),
      "needed": int(need.needed),
    ]
  }

  private func json(_ model: ModelSizing) -> JSONValue {
    [
      "model": .string(model.profile.model), "verdict": .string(model.verdict.rawValue),
      "limits": .array(model.standings.map(json)),
    ]
  }

  private func json(_ standing: LimitStanding) -> JSONValue {
    [
      "name": .string(standing.need.subject.name), "needed": int(standing.need.needed),
      "limit": .optional(standing.limit.map { Int64($0.value) }),
      "outcome": .string(String(describing: standing.outcome)),
      "headroomPercent": .optional(standing.headroomPercent.map { Int64($0) }),
      "source": .optional(standing.limit?.source), "certainty": .optional(standing.limit?.certainty.rawValue),
      "confidence": .optional(standing.limit?.confidence.rawValue),
      "alternatives": .array(
        (standing.limit?.alternatives ?? []).map { other in
          [
            "limit": int(other.value), "source": .string(other.source),
            "isEnough": .bool(other.value >= standing.need.needed),
          ]
        }),
    ]
  }

  private func json(_ point: BreakingPoint) -> JSONValue {
    [
      "model": .string(point.profile.model), "copies": .optional(point.copies.map { Int64($0) }),
      "shortest": .array(point.shortest.map { .string($0.name) }),
      "otherwise": point.otherwise.map {
        ["fewest": .optional($0.fewest.map { Int64($0) }), "most": .optional($0.most.map { Int64($0) })]
      } ?? .null,
      "unknown": .array(point.unknown.map { .string($0.name) }),
    ]
  }

  private var busyHourJSON: JSONValue {
    let gauge = sizing.use[.calls]
    guard let busiest = gauge.busyHours.busiest, let duration = sizing.use.duration else { return .null }
    return [
      "start": .string(busiest.start.iso8601), "erlangs": erlangs(sizing.use.erlangs(of: gauge)),
      "isAverageOfShorterTrace": .bool(duration < .seconds(3600)),
      "days": .array(
        gauge.busyHours.days.map { ["start": .string($0.start.iso8601), "erlangs": erlangs($0.erlangs)] }),
    ]
  }

  private func json(_ trunk: TrunkSizing) -> JSONValue {
    [
      "name": .string(trunk.use.name), "index": int(trunk.use.index),
      "busyHourStart": .optional(trunk.busyHour?.iso8601),
      "erlangs": erlangs(trunk.erlangs), "erlangsWithGrowth": erlangs(trunk.grownErlangs),
      "channels": .optional(trunk.channels.map { Int64($0) }),
      "peak": int(trunk.use.both.peak), "peakAt": .optional(trunk.use.both.peakAt?.iso8601),
      "incoming": json(trunk.use.incoming, cap: trunk.caps.incoming),
      "outgoing": json(trunk.use.outgoing, cap: trunk.caps.outgoing),
    ]
  }

  private func json(_ gauge: UseGauge, cap: Int?) -> JSONValue {
    [
      "seizures": int(gauge.seizures), "peak": int(gauge.peak), "peakAt": .optional(gauge.peakAt?.iso8601),
      "erlangs": erlangs(sizing.use.erlangs(of: gauge)), "cap": .optional(cap.map { Int64($0) }),
    ]
  }
}
