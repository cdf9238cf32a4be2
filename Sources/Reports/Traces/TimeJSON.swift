import JSON
import Primitives

extension JSONValue {
  /// Seconds since 1970 with microseconds, or null.
  static func time(_ instant: Instant?) -> JSONValue {
    instant.map { .decimal(Double($0.seconds) + Double($0.microsecondsOfSecond) / 1_000_000, places: 6) } ?? .null
  }
}
