public import JSON

extension ShardResults: StoredDocument {
  /// Which file it is.
  public static let kind = "ucmsim results"
  /// Counted up when the members change.
  public static let format = 1
  /// A member of its own.
  public static let digestName = "digest"

  /// Every member, in a fixed order.
  public var json: JSONValue {
    [
      "toolVersion": .string(toolVersion),
      "builds": .array(builds.map { .string($0) }),
      "planID": .string(plan.id),
      "plan": plan.json,
      "shards": .array(shards.map { .integer(Int64($0)) }),
      "hasPictures": .bool(hasPictures),
      "cells": .array(cells.map(\.json)),
      "durations": .object(
        durations.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }),
    ]
  }

  /// What is wrong with its plan.
  public var flaw: String? { plan.problem.map { "its plan: \($0)" } }

  private enum CodingKeys: String, CodingKey {
    case toolVersion, builds, plan, shards, hasPictures, cells, durations
  }

  /// Reads what `json` wrote.
  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    toolVersion = try members.decode(String.self, forKey: .toolVersion)
    builds = try members.decode([String].self, forKey: .builds)
    plan = try members.decode(ShardPlan.self, forKey: .plan)
    shards = try members.decode([Int].self, forKey: .shards)
    hasPictures = try members.decode(Bool.self, forKey: .hasPictures)
    cells = try members.decode([CellResult].self, forKey: .cells)
    durations = try members.decode([String: Int64].self, forKey: .durations)
  }
}
