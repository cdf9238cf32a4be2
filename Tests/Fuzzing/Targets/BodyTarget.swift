import SIP

/// A body of any media type: the type, a line feed, the body. It is read as that of a message.
func readBody(_ input: UnsafeRawBufferPointer) -> String? {
  let typeEnd = input.firstIndex(of: 10) ?? input.count
  var bytes = Array("SIP/2.0 200 OK\r\nContent-Type: ".utf8)
  bytes += input.part(0, typeEnd)
  bytes += "\r\n\r\n".utf8
  bytes += input.part(typeEnd + 1, input.count)
  return bytes.withUnsafeBytes { bytes in
    do throws(SIPParseError) {
      let message = try SIPMessage.parse(bytes)
      if let description = SessionDescription(message.body) {
        // SDP whatever the type says.
        var look = MessageLook(message.text.bytes)
        look.look(at: description)
        if let law = look.broken { return law }
      }
      return MessageLook.lawBroken(by: message)
    } catch {
      return "a status line is no message: \(error.reason)"
    }
  }
}
