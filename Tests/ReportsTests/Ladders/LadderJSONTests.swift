import JSON
import Reports
import TestSupport
import Testing

/// The picture for programs.
struct LadderJSONTests {
  @Test func namesAreFixedAndInOrder() throws {
    let json = try draw(answeredCall()).json
    #expect(json.members?.map(\.name) == ["call", "columns", "legColumns", "messages", "left", "onOtherHops"])
    #expect(json["columns"]?.array?.first?.members?.map(\.name) == ["side", "name", "address"])
    #expect(json["columns"]?.array?.compactMap { $0["side"]?.string } == ["caller", "pbx", "callee"])
    #expect(json["legColumns"] == [0, 2])
    #expect(json["call"]?["id"] == 1)
    let messages = try #require(json["messages"]?.array)
    #expect(messages.count == 12)
    for message in messages {
      #expect(
        message.members?.map(\.name) == [
          "frame", "time", "delta", "leg", "from", "to", "transport", "method", "status", "reason", "cseq", "label",
          "retransmissionOf", "media", "notes",
        ])
    }
  }

  @Test func aMessageHoldsItsFacts() throws {
    let messages = try #require(try draw(answeredCall()).json["messages"]?.array)
    #expect(messages[0]["method"]?.string == "INVITE")
    #expect(messages[0]["status"] == .null)
    #expect(messages[0]["delta"] == .null)
    #expect(messages[0]["cseq"]?.string == "1 INVITE")
    #expect(
      messages[0]["media"] == [
        "direction": "sendrecv", "hold": false,
        "streams": [["type": "audio", "target": "192.0.2.11:4000", "encrypted": false]],
      ])
    #expect(messages[3]["status"] == 180)
    #expect(messages[3]["reason"]?.string == "Reason")
    #expect(messages[3]["method"] == .null)
    #expect((messages[3]["from"], messages[3]["to"], messages[3]["leg"]) == (2, 1, 2))
    #expect(messages[3]["media"] == .null)
    #expect(messages[3]["retransmissionOf"] == .null)
  }

  @Test func whatIsLeftOutIsANumber() throws {
    #expect(try draw(answeredCall(), messagesMax: 5).json["left"] == 7)
  }
}
