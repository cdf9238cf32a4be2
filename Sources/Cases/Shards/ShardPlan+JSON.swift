public import JSON

extension ShardPlan: StoredDocument {
  /// Which command writes it.
  public static let kind = "ucmsim plan"
  /// Counted up when the members change.
  public static let format = 1
  /// Its digest is its id.
  public static let digestName = "id"

  /// Every member, in a fixed order.
  public var json: JSONValue {
    [
      "toolVersion": .string(toolVersion),
      "shards": .integer(Int64(shardCount)),
      "partition": .string(partition.rawValue),
      "cases": .array(choice.cases.map { .string($0) }),
      "models": .array(choice.models.map { .string($0) }),
      "firmwares": .array(choice.firmwares.map { .string($0) }),
      "filter": .optional(choice.filter),
      "cells": .array(
        cells.map { cell in
          [
            "name": .string(cell.name), "file": .string(cell.file), "key": .string(cell.key),
            "shard": .integer(Int64(cell.shard)),
          ]
        }),
    ]
  }

  /// Shards that there are not, and cells that are there twice.
  public var flaw: String? { problem }

  private enum CodingKeys: String, CodingKey {
    case toolVersion, shards, partition, cases, models, firmwares, filter, cells
  }

  /// Reads what `json` wrote.
  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    toolVersion = try members.decode(String.self, forKey: .toolVersion)
    shardCount = try members.decode(Int.self, forKey: .shards)
    partition = try members.decode(Partition.self, forKey: .partition)
    choice = Choice()
    choice.cases = try members.decode([String].self, forKey: .cases)
    choice.models = try members.decode([String].self, forKey: .models)
    choice.firmwares = try members.decode([String].self, forKey: .firmwares)
    choice.filter = try members.decode(String?.self, forKey: .filter)
    cells = try members.decode([Cell].self, forKey: .cells)
  }
}
