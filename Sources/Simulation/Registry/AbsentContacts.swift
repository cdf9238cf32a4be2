import PBXModel
import Primitives

/// Phones that are bound on the recorded box and not here, because this model refused them.
///
/// A phone the trace never shows registering is not among them: it may have registered before the trace began.
struct AbsentContacts: Sendable {
  /// Phones remembered; of further ones the recorded box is believed.
  static let phonesMax = 100_000

  private var sources: [String: [IPEndpoint]] = [:]
  private var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func note(_ number: String, at source: IPEndpoint) {
    guard count < Self.phonesMax, sources[number]?.contains(source) != true else { return }
    sources[number, default: []].append(source)
    count += 1
  }

  /// That phone is bound now, or its phone took it back.
  mutating func forget(_ number: String, at source: IPEndpoint) {
    guard count > 0, let place = sources[number]?.firstIndex(of: source) else { return }
    sources[number]?.remove(at: place)
    count -= 1
    if sources[number]?.isEmpty == true { sources[number] = nil }
  }

  mutating func forgetAll(of number: String) {
    guard count > 0, let gone = sources.removeValue(forKey: number) else { return }
    count -= gone.count
  }

  /// Whether the recorded box could dial the phone at `endpoint`, and this one cannot.
  func isAbsent(_ number: String, at endpoint: IPEndpoint, _ registry: ExtensionRegistry) -> Bool {
    guard let sources = sources[number] else { return false }
    guard registry.isRegistered(number) else { return true }
    return sources.contains(endpoint) && !registry.bindings(of: number).contains { $0.source == endpoint }
  }
}
