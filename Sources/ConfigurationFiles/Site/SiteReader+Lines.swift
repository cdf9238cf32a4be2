import Primitives
import PBXModel

/// Extensions, trunks and the routes between them.
extension SiteReader {
  func userExtension(_ entry: Entry) -> Extension? {
    let keys = [
      "number", "name", "addresses", "registers", "voicemail", "callWaiting", "doNotDisturb", "ringTimeoutSeconds",
      "concurrentRegistrations", "forward", "followMe", "autoRecord",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let numberEntry = mapping.required("number")
    let number = numberEntry?.internalNumber()
    if let number, let numberEntry { names.define(number, as: .extension, at: numberEntry) }
    var result = Extension(number: number ?? "")
    result.name = mapping["name"]?.text() ?? ""
    result.addresses = addresses(mapping, owner: .extension(number ?? entry.keyPath))
    result.registers = mapping["registers"]?.boolean() ?? result.registers
    result.hasVoicemail = mapping["voicemail"]?.boolean() ?? result.hasVoicemail
    result.hasCallWaiting = mapping["callWaiting"]?.boolean() ?? result.hasCallWaiting
    result.hasDoNotDisturb = mapping["doNotDisturb"]?.boolean() ?? result.hasDoNotDisturb
    result.ringTimeoutSeconds = mapping["ringTimeoutSeconds"]?.ringSeconds()
    result.concurrentRegistrations = mapping["concurrentRegistrations"]?.integer(in: 0...1000)
    if let forward = mapping["forward"]?.mapping(keys: ["always", "busy", "noAnswer"]) {
      result.forwardAlways = forward["always"].flatMap(forwardTarget)
      result.forwardBusy = forward["busy"].flatMap(forwardTarget)
      result.forwardNoAnswer = forward["noAnswer"].flatMap(forwardTarget)
    }
    result.followMe = mapping["followMe"]?.list().compactMap(forwardTarget) ?? []
    result.autoRecord = mapping["autoRecord"]?.choice() ?? result.autoRecord
    return number == nil ? nil : result
  }

  private func forwardTarget(_ entry: Entry) -> String? {
    guard let number = entry.dialledNumber() else { return nil }
    names.refer(to: number, as: .dialled, at: entry)
    return number
  }

  /// - Parameter position: the trunk's place in the list from 1, which is its index unless it says otherwise.
  func trunk(_ entry: Entry, position: Int) -> Trunk? {
    let keys = [
      "name", "index", "kind", "addresses", "maximumOutgoingCalls", "maximumIncomingCalls", "outboundCallerID",
      "callerIDInCDR", "line", "alertAtConcurrentCalls", "autoRecord",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let nameEntry = mapping.required("name")
    let name = nameEntry?.text()
    if let name, let nameEntry { names.define(name, as: .trunk, at: nameEntry) }
    let index = mapping["index"].flatMap { $0.integer(in: 1...10_000) } ?? position
    names.define(String(index), as: .trunkIndex, at: mapping["index"] ?? entry)
    var result = Trunk(index: index, name: name ?? "", addresses: [])
    if mapping.required("addresses") != nil {
      result.addresses = addresses(mapping, owner: .trunk(name ?? entry.keyPath))
      if let list = mapping["addresses"], list.isEmptyList {
        list.report("the trunk has no address", remedy: "list where the carrier sends from")
      }
    }
    result.kind = mapping["kind"]?.choice() ?? result.kind
    // 0 is the GUI's word for "no cap" (reference section 2, upstream).
    result.outgoingCallsMax = mapping["maximumOutgoingCalls"]?.integer(in: 0...100_000).flatMap { $0 == 0 ? nil : $0 }
    result.incomingCallsMax = mapping["maximumIncomingCalls"]?.integer(in: 0...100_000).flatMap { $0 == 0 ? nil : $0 }
    result.outboundCallerID = mapping["outboundCallerID"]?.parsed(
      as: "a number to show", remedy: "use digits, a `+` in front and {extension}", Self.callerID)
    result.isCallerIDInCDR = mapping["callerIDInCDR"]?.boolean() ?? result.isCallerIDInCDR
    result.line = mapping["line"]?.choice() ?? result.line
    result.concurrentCallsAlert = mapping["alertAtConcurrentCalls"]?.integer(in: 1...100_000)
    result.autoRecord = mapping["autoRecord"]?.choice() ?? result.autoRecord
    return name == nil ? nil : result
  }

  private static func callerID(_ text: String) -> String? {
    let digits = text.split(separator: "{extension}", omittingEmptySubsequences: false).joined()
    let rest = digits.first == "+" ? digits.dropFirst() : digits[...]
    return rest.isDigits(0...32) ? text : nil
  }

  func inboundRoute(_ entry: Entry) -> InboundRoute? {
    guard let mapping = entry.mapping(keys: ["pattern", "trunks", "destination", "keepsDIDInCDR"]) else { return nil }
    let pattern = mapping.required("pattern")?.dialPattern()
    let destination = mapping.required("destination").flatMap(self.destination)
    let trunks = mapping.list("trunks").compactMap(trunkName)
    let keepsDID = mapping["keepsDIDInCDR"]?.boolean()
    guard let pattern, let destination else { return nil }
    var result = InboundRoute(pattern: pattern, destination: destination)
    result.trunks = trunks
    result.keepsDIDInCDR = keepsDID ?? result.keepsDIDInCDR
    return result
  }

  func outboundRoute(_ entry: Entry, position: Int) -> OutboundRoute? {
    let keys = ["name", "index", "patterns", "strip", "prepend", "trunk", "failover"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let name = mapping.required("name")?.text()
    if let name, let nameEntry = mapping["name"] { names.define(name, as: .outboundRoute, at: nameEntry) }
    let index = mapping["index"].flatMap { $0.integer(in: 1...10_000) } ?? position
    names.define(String(index), as: .outboundRouteIndex, at: mapping["index"] ?? entry)
    let patterns = (mapping.required("patterns")?.list() ?? []).compactMap { element in
      element.dialPattern().map { pattern in
        names.addPattern(pattern, at: element)
        return pattern
      }
    }
    if let list = mapping["patterns"], list.isEmptyList {
      list.report("the route has no pattern", remedy: "list what is dialled, as \"9.\"")
    }
    let trunk = mapping.required("trunk").flatMap(trunkName)
    let failover = failoverTrunks(mapping, behind: trunk)
    let strip = mapping["strip"]?.integer(in: 0...32)
    let prepend = mapping["prepend"]?.dialledNumber()
    guard let name, let trunk else { return nil }
    var result = OutboundRoute(index: index, name: name, patterns: patterns, trunk: trunk)
    result.strip = strip ?? 0
    result.prepend = prepend ?? ""
    result.failover = failover
    return result
  }

  private func failoverTrunks(_ mapping: Mapping, behind trunk: String?) -> [String] {
    var seen = Set(trunk.map { [$0] } ?? [])
    return mapping.list("failover").compactMap { entry in
      guard let name = trunkName(entry) else { return nil }
      guard seen.insert(name).inserted else {
        entry.report("the route has the trunk `\(Entry.shown(name))` already", remedy: "keep it once")
        return nil
      }
      return name
    }
  }

  private func trunkName(_ entry: Entry) -> String? {
    guard let name = entry.text() else { return nil }
    names.refer(to: name, as: .trunk, at: entry)
    return name
  }
}
