import PBXModel
import Primitives

/// What a site file names and what it refers to, so that both can be compared when the file is read to its end.
final class SiteNames {
  enum Kind: String {
    case `extension`, parking, conference, queue, ivr, trunk
    case ringGroup = "ring group"
    case trunkIndex = "trunk index"
    case outboundRoute = "outbound route"
    case outboundRouteIndex = "outbound route index"
    /// Whatever a phone can dial: any of the PBX's numbers, a code, or a number outside.
    case dialled = "number"

    /// Kinds whose names must differ from each other: everything that is dialled shares one set of numbers.
    fileprivate var space: String {
      switch self {
      case .extension, .parking, .conference, .queue, .ivr, .ringGroup, .dialled: "number"
      case .trunk, .trunkIndex, .outboundRoute, .outboundRouteIndex: rawValue
      }
    }
  }

  /// Who an address belongs to.
  enum Owner: Hashable {
    case pbx
    case `extension`(String)
    case trunk(String)

    fileprivate var name: String {
      switch self {
      case .pbx: "the PBX"
      case .extension(let number): "extension \(number)"
      case .trunk(let name): "trunk `\(Entry.shown(name))`"
      }
    }
  }

  private struct Name: Hashable {
    var space: String
    var text: String
  }

  /// Patterns that are compared with every number referred to.
  static let patternsMax = 2000

  /// A site file may leave the extensions to the trace; then references to them cannot be checked.
  var listsExtensions = false
  private var defined: [Name: (kind: Kind, place: Place)] = [:]
  private var references: [(text: String, kind: Kind, entry: Entry)] = []
  private var patterns: [DialPattern] = []
  private var claims: [IPAddress: [UInt16: Owner]] = [:]

  /// Notes that the file gives `text` to something; reports it when something else has it already.
  @discardableResult
  func define(_ text: String, as kind: Kind, at entry: Entry) -> String {
    let name = Name(space: kind.space, text: text)
    if let other = defined[name] {
      let what = kind.space == "number" ? "the number \(text)" : "the \(kind.rawValue) `\(Entry.shown(text))`"
      let owner = kind.space == "number" ? " (\(other.kind.rawValue))" : ""
      entry.report("\(what) is already used in line \(other.place.line)\(owner)", remedy: "give each its own")
    } else {
      defined[name] = (kind, entry.value.place)
    }
    return text
  }

  func refer(to text: String, as kind: Kind, at entry: Entry) { references.append((text, kind, entry)) }

  func addPattern(_ pattern: DialPattern, at entry: Entry) {
    if patterns.count == Self.patternsMax {
      entry.report("a site has no more than \(Self.patternsMax) patterns of codes and outbound routes")
    }
    if patterns.count <= Self.patternsMax { patterns.append(pattern) }
  }

  /// Notes whose address this is; reports it when packets from it could be somebody else's too.
  func claim(_ endpoint: IPEndpoint, for owner: Owner, at entry: Entry) {
    let others = claims[endpoint.address, default: [:]]
    let other = others[endpoint.port] ?? others[0] ?? (endpoint.port == 0 ? others.min { $0.key < $1.key }?.value : nil)
    guard let other else {
      claims[endpoint.address, default: [:]][endpoint.port] = owner
      return
    }
    let address = Entry.shown(of: endpoint)
    if other == owner {
      entry.report("the address \(address) is written twice", remedy: "keep it once")
    } else {
      entry.report(
        "the address \(address) is also that of \(other.name)", remedy: "give each its own address, or its own port")
    }
  }

  /// Reports every reference to something that the file does not have.
  func check() {
    for (text, kind, entry) in references where !isThere(text, kind) {
      let candidates = defined.lazy.filter { self.isSought($0.value.kind, by: kind) }.map(\.key.text)
      entry.report(
        kind == .dialled
          ? "`\(text)` is no number of this site, and no outbound route takes it"
          : "there is no \(kind.rawValue) `\(Entry.shown(text))`",
        remedy: entry.errors.nearest(to: text, among: candidates).map { "did you mean `\($0)`?" }
          ?? (kind == .dialled ? "write a number outside with its `+`" : "add it, or refer to one that is there"))
    }
  }

  private func isThere(_ text: String, _ kind: Kind) -> Bool {
    if let found = defined[Name(space: kind.space, text: text)], isSought(found.kind, by: kind) { return true }
    switch kind {
    case .extension: return !listsExtensions
    case .dialled: return !listsExtensions || text.hasPrefix("+") || patterns.contains { $0.matches(text) }
    case .parking, .conference, .queue, .ivr, .trunk, .ringGroup, .trunkIndex, .outboundRoute, .outboundRouteIndex:
      return false
    }
  }

  private func isSought(_ found: Kind, by kind: Kind) -> Bool {
    kind == .dialled ? found.space == kind.space : found == kind
  }
}

extension Entry {
  /// An address as a site file writes it: without the port that stands for every port.
  fileprivate static func shown(of endpoint: IPEndpoint) -> String {
    endpoint.port == 0 ? "\(endpoint.address)" : "\(endpoint)"
  }
}
