import JSON
import Primitives

extension JSONValue {
  /// Seconds since 1970 with six digits, as the journals of a run have them.
  static func time(_ instant: Instant) -> JSONValue {
    .decimal(Double(instant.seconds) + Double(instant.microsecondsOfSecond) / 1e6, places: 6)
  }
}
