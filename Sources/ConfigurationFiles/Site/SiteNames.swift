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

  private struct Claim {
    var endpoint: IPEndpoint
    var owner: Owner
  }

  /// A site file may leave the extensions to the trace; then references to them cannot be checked.
  var listsExtensions = false
  private var defined: [Name: (kind: Kind, place: Place)] = [:]
  private var references: [(text: String, kind: Kind, entry: Entry)] = []
  private var patterns: [DialPattern] = []
  private var claims: [IPAddress: [Claim]] = [:]

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

  func addPattern(_ pattern: DialPattern) { patterns.append(pattern) }

  /// Notes whose address this is; reports it when packets from it could be somebody else's too.
  func claim(_ endpoint: IPEndpoint, for owner: Owner, at entry: Entry) {
    let overlapping = claims[endpoint.address, default: []].first { other in
      other.endpoint.port == endpoint.port || other.endpoint.port == 0 || endpoint.port == 0
    }
    if let overlapping {
      entry.report(
        overlapping.owner == owner
          ? "the address \(Entry.shown(of: endpoint)) is written twice"
          : "the address \(Entry.shown(of: endpoint)) is also that of \(overlapping.owner.name)",
        remedy: overlapping.owner == owner ? "keep it once" : "give each its own address, or its own port")
    } else {
      claims[endpoint.address, default: []].append(Claim(endpoint: endpoint, owner: owner))
    }
  }

  /// Reports every reference to something that the file does not have.
  func check() {
    for (text, kind, entry) in references where !isThere(text, kind) {
      let candidates = defined.filter { isSought($0.value.kind, by: kind) }.keys.map(\.text)
      entry.report(
        kind == .dialled
          ? "`\(text)` is no number of this site, and no outbound route takes it"
          : "there is no \(kind.rawValue) `\(Entry.shown(text))`",
        remedy: Spelling.nearest(to: text, among: candidates).map { "did you mean `\($0)`?" }
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
