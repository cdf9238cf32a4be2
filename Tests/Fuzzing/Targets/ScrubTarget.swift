import PBXModel
import SIP
import Scrubbing

/// One message under other names: it is a message of the same kind, and where the scrubber looks for people, hosts and
/// addresses it finds none that were there before.
func scrubMessage(_ input: UnsafeRawBufferPointer) -> String? {
  guard let message = try? SIPMessage.parse(input), let key = ScrubKey(Array("a key of no use but to fuzz".utf8)) else {
    return nil
  }
  var scrubber = MessageScrubber(renaming: Renaming(key: key, rules: NumberRules(site: Site())), weeks: -3)
  _ = scrubber.scrub(message, needsLength: true)
  scrubber.renaming.settle()
  let made = scrubber.scrub(message, needsLength: true)
  guard scrubber.scrub(message, needsLength: true) == made else { return "the same message is scrubbed otherwise" }
  return made.withUnsafeBytes { bytes in
    do throws(SIPParseError) {
      let other = try SIPMessage.parse(bytes)
      return kindLaw(message, other) ?? survivalLaw(scrubber.renaming, other, key)
    } catch {
      return "what was made is no message: \(error.reason) at byte \(error.offset)"
    }
  }
}

private func kindLaw(_ message: SIPMessage, _ other: SIPMessage) -> String? {
  switch (message.startLine, other.startLine) {
  case (.request(_, let method, _), .request(_, let another, _)) where method.string == another.string: break
  case (.response(let status, _), .response(let another, _)) where status == another: break
  default: return "a message of one kind became one of another"
  }
  return other.body.isEmpty || other.contentType != nil ? nil : "a body lost its type"
}

/// What was noted of the message is not what is noted of the one that was made of it.
private func survivalLaw(_ renaming: Renaming, _ made: SIPMessage, _ key: ScrubKey) -> String? {
  var second = MessageScrubber(renaming: Renaming(key: key, rules: NumberRules(site: Site())), weeks: 0)
  _ = second.scrub(made, needsLength: true)
  second.renaming.settle()
  let pairs = renaming.pairs
  // What stands for somebody else may be a word that was there; what has no other name keeps its own.
  let given = Set(pairs.map { $0.pseudonym.lowercased() })
  let originals = Set(pairs.map { $0.original.lowercased() }).subtracting(given)
  for (text, _) in second.renaming.pairs where originals.contains(text.lowercased()) { return "`\(text)` survives" }
  return nil
}
