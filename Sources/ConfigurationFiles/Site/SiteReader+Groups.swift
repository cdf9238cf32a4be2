import PBXModel

/// What stands between a caller and the phones: ring groups, queues, voice menus.
extension SiteReader {
  func ringGroup(_ entry: Entry) -> RingGroup? {
    let keys = ["number", "name", "strategy", "members", "ringTimeoutSeconds"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let number = definedNumber(mapping, as: .ringGroup)
    var result = RingGroup(number: number ?? "", members: members(mapping))
    result.name = mapping["name"]?.text() ?? ""
    result.strategy = mapping["strategy"]?.choice() ?? result.strategy
    result.ringTimeoutSeconds = mapping["ringTimeoutSeconds"]?.ringSeconds()
    return number == nil ? nil : result
  }

  func queue(_ entry: Entry) -> Queue? {
    let keys = [
      "number", "name", "strategy", "members", "ringSeconds", "retrySeconds", "maximumWaitSeconds", "answersFirst",
      "timeoutDestination", "autoRecord",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let number = definedNumber(mapping, as: .queue)
    var result = Queue(number: number ?? "", members: members(mapping))
    result.name = mapping["name"]?.text() ?? ""
    result.strategy = mapping["strategy"]?.choice() ?? result.strategy
    result.ringSeconds = mapping["ringSeconds"]?.ringSeconds()
    result.retrySeconds = mapping["retrySeconds"]?.integer(in: 0...600)
    result.waitSecondsMax = mapping["maximumWaitSeconds"]?.integer(in: 1...86_400)
    result.answersFirst = mapping["answersFirst"]?.boolean() ?? result.answersFirst
    result.autoRecord = mapping["autoRecord"]?.choice() ?? result.autoRecord
    result.timeoutDestination = mapping["timeoutDestination"].flatMap(destination)
    return number == nil ? nil : result
  }

  func ivr(_ entry: Entry) -> IVR? {
    let keys = [
      "number", "name", "keys", "extensionDialling", "keyTimeoutSeconds", "rounds", "timeoutDestination",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let number = definedNumber(mapping, as: .ivr)
    var result = IVR(number: number ?? "")
    result.name = mapping["name"]?.text() ?? ""
    for item in mapping["keys"]?.dictionary(of: "keys and destinations") ?? [] {
      if item.key.utf8.count != 1 || !"0123456789*#".contains(item.key) {
        item.keyEntry.report("`\(Entry.shown(item.key))` is not a key of a phone", remedy: "use 0-9, \"*\" or \"#\"")
      }
      if let destination = destination(item.value) { result.keys[item.key] = destination }
    }
    result.allowsExtensionDialling = mapping["extensionDialling"]?.boolean() ?? result.allowsExtensionDialling
    result.keyTimeoutSeconds = mapping["keyTimeoutSeconds"]?.integer(in: 1...600)
    result.rounds = mapping["rounds"]?.integer(in: 1...100)
    result.timeoutDestination = mapping["timeoutDestination"].flatMap(destination)
    return number == nil ? nil : result
  }

  private func definedNumber(_ mapping: Mapping, as kind: SiteNames.Kind) -> String? {
    guard let entry = mapping.required("number"), let number = entry.internalNumber() else { return nil }
    return names.define(number, as: kind, at: entry)
  }

  private func members(_ mapping: Mapping) -> [String] {
    guard let list = mapping.required("members") else { return [] }
    var seen: Set<String> = []
    return list.list().compactMap { entry in
      guard let number = entry.dialledNumber() else { return nil }
      guard seen.insert(number).inserted else {
        entry.report("`\(number)` is a member twice", remedy: "keep it once")
        return nil
      }
      names.refer(to: number, as: .dialled, at: entry)
      return number
    }
  }

  /// `hangUp`, or one key that names the kind with what it leads to: `extension: "1000"`.
  func destination(_ entry: Entry) -> Destination? {
    let keys = ["extension", "ringGroup", "queue", "ivr", "voicemail", "conference", "external", "byDID"]
    if case .scalar(let text, _) = entry.value.content {
      if text == "hangUp" { return .hangUp }
      entry.report(
        "`\(Entry.shown(text))` is not a destination",
        remedy: "write hangUp, or a kind and a number: {extension: \"\(Entry.shown(text))\"}")
      return nil
    }
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let written = keys.filter { mapping[$0] != nil }
    guard let kind = written.first, written.count == 1, let target = mapping[kind] else {
      let found = written.isEmpty ? "none" : written.joined(separator: " and ")
      entry.report("a destination has exactly one of \(keys.joined(separator: ", ")); found \(found)")
      return nil
    }
    switch kind {
    case "extension": return referred(target, .extension).map(Destination.account)
    case "ringGroup": return referred(target, .ringGroup).map(Destination.ringGroup)
    case "queue": return referred(target, .queue).map(Destination.queue)
    case "ivr": return referred(target, .ivr).map(Destination.ivr)
    case "voicemail": return referred(target, .extension).map(Destination.voicemail)
    case "conference": return referred(target, .conference).map(Destination.conference)
    case "external": return target.dialledNumber().map(Destination.external)
    default:
      guard let strip = target.mapping(keys: ["strip"])?.required("strip")?.integer(in: 0...32) else { return nil }
      return .byDID(strip: strip)
    }
  }

  private func referred(_ entry: Entry, _ kind: SiteNames.Kind) -> String? {
    guard let number = entry.internalNumber() else { return nil }
    names.refer(to: number, as: kind, at: entry)
    return number
  }
}
