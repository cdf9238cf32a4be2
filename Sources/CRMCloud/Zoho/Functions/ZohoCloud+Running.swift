import JSON
import Primitives

extension ZohoCloud {
  /// Runs a function and keeps what came of it; nil where the organisation has none of this name.
  mutating func run(
    function name: String, arguments: [String: String], of organisation: Int, at centre: Int, _ now: Instant
  ) -> ZohoFunction.Run? {
    guard let function = centres[centre].organisations[organisation].connections.function(name) else { return nil }
    let given = function.arguments.map { ($0, JSONValue.string(String((arguments[$0] ?? "").prefix(10_000)))) }
    var run = DelugeRun(
      centre: centre, organisation: organisation, arguments: Dictionary(given, uniquingKeysWith: { first, _ in first }),
      at: now)
    var problem: String?
    do throws(DelugeError) {
      try run.run(try DelugeParser.script(function.script), in: &self)
    } catch {
      problem = error.text
    }
    let output = run.output == .null ? "" : DelugeText.text(of: run.output)
    let result = ZohoFunction.Run(
      at: now, infos: run.infos, output: String(output.prefix(100_000)), problem: problem)
    centres[centre].organisations[organisation].connections.updateFunction(name) { $0.lastRun = result }
    return result
  }
}
