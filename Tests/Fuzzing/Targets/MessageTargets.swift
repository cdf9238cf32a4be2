import SIP

/// One message, with everything that can be asked of it. It also stays what it is when its own text is read again.
func readMessage(_ input: UnsafeRawBufferPointer) -> String? {
  do throws(SIPParseError) {
    let message = try SIPMessage.parse(input)
    guard input.contains(message.text.bytes) else { return "the text lies outside of the input" }
    if let law = MessageLook.lawBroken(by: message) { return law }
    if let law = printingLaw(message) { return law }
    if let law = readingLaw(message, input) { return law }
    let again = try SIPMessage.parse(message.text.bytes)
    guard again.text.count == message.text.count, again.isRequest == message.isRequest else {
      return "a message of \(message.text.count) bytes is one of \(again.text.count) when read again"
    }
    return nil
  } catch {
    return error.offset >= 0 && error.offset <= input.count ? nil : "an error at byte \(error.offset) of \(input.count)"
  }
}

/// Headers read when they are asked for are those read ahead, in place of another message too.
private func readingLaw(_ message: SIPMessage, _ input: UnsafeRawBufferPointer) -> String? {
  var other = message
  do throws(SIPParseError) { try other.read(input, headers: .onDemand) } catch { return "read on demand it is none" }
  guard other.text.count == message.text.count, other.headLength == message.headLength,
    other.body.count == message.body.count, other.oddities == message.oddities, other.isCut == message.isCut,
    other.printed == message.printed
  else { return "read on demand it is another" }
  let pairs = [
    (message.callID, other.callID), (message.branch, other.branch),
    (message.cseq?.methodText, other.cseq?.methodText), (message.from?.uri, other.from?.uri),
    (message.to?.tag, other.to?.tag), (message.assertedUser, other.assertedUser),
  ]
  for (one, another) in pairs where one?.string != another?.string { return "a header read on demand is another" }
  return nil
}

/// Borders in a stream: each step goes on and within the bytes, and more bytes do not move the end of a message.
func findBorders(_ input: UnsafeRawBufferPointer) -> String? {
  var at = 0
  while at < input.count {
    let rest = input.part(at, input.count)
    let length: Int
    switch StreamFraming.step(rest) {
    case .needMore: return nil
    case .message(let count):
      length = count
      for cut in [count, (count + rest.count) / 2]
      where StreamFraming.step(rest.part(0, cut)) != .message(length: count) {
        return "a message of \(count) bytes is none when \(cut) of \(rest.count) bytes are there"
      }
    case .keepAlive(let count), .junk(let count): length = count
    }
    guard length > 0, length <= rest.count else { return "a step of \(length) over \(rest.count) bytes" }
    at += length
  }
  return nil
}

/// Parse, print, parse: a fixed point without oddities.
private func printingLaw(_ message: SIPMessage) -> String? {
  let printed = message.printed
  return printed.withUnsafeBytes { bytes in
    do throws(SIPParseError) {
      let again = try SIPMessage.parse(bytes)
      guard again.printed == printed else { return "what was printed is printed otherwise" }
      return again.oddities.isEmpty ? nil : "what was printed is odd: \(again.oddities.rawValue)"
    } catch {
      return "what was printed is none: \(error.reason) at byte \(error.offset)"
    }
  }
}
