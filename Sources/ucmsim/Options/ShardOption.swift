import ArgumentParser
import Cases

/// `--shard k/n`.
enum ShardOption {
  static func read(_ text: String) throws -> Shard {
    guard let shard = Shard(text) else {
      throw ValidationError(
        "'\(text)' is no shard; write k/n as in 3/8, with k from 1 to n and n from 1 to \(Shard.countMax).")
    }
    return shard
  }
}
