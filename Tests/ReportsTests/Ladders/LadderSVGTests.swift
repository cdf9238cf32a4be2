import Foundation
import PBXModel
import Reports
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The picture as a document.
struct LadderSVGTests {
  /// Elements of a document, in order, with their attributes and the text directly in them.
  final class Elements: NSObject, XMLParserDelegate {
    struct Element {
      let name: String
      let attributes: [String: String]
      var text = ""
    }

    var all: [Element] = []
    private var open: [Int] = []

    static func of(_ svg: String) -> [Element]? {
      let elements = Elements()
      let parser = XMLParser(data: Data(svg.utf8))
      parser.delegate = elements
      return parser.parse() ? elements.all : nil
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      open.append(all.count)
      all.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      _ = open.popLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      if let last = open.last { all[last].text += string }
    }
  }

  @Test func everyMessageIsTextWithATitleOfItsOwn() throws {
    let ladder = try draw(answeredCall())
    let elements = try #require(Elements.of(LadderSVG(ladder).text))
    let texts = elements.filter { $0.name == "text" }.map(\.text)
    for row in ladder.rows { #expect(texts.contains(row.label)) }
    let titles = elements.filter { $0.name == "title" }.map(\.text)
    #expect(titles.count == ladder.rows.count + 1)
    #expect(titles.first == "Call 1: 1000 → 1001, Internal, ANSWERED")
    #expect(titles[1] == "Frame 1, 1000 to PBX: INVITE sdp; leg 1; audio 192.0.2.11:4000")
    #expect(elements.first?.attributes["aria-labelledby"] == "title")
    #expect(elements.first?.attributes["aria-describedby"] == "desc")
    #expect(elements.contains { $0.name == "desc" && $0.text.contains("12 messages") })
  }

  @Test func itNeedsNothingElseAndKnowsLightAndDark() throws {
    let svg = LadderSVG(try draw(answeredCall())).text
    #expect(svg.contains("prefers-color-scheme:dark"))
    for word in ["href", "url(", "@import", "<script", "<image", "<foreignObject", "onload"] {
      #expect(!svg.contains(word), "\(word)")
    }
    let again = LadderSVG(try draw(answeredCall())).text
    #expect(svg == again)
  }

  @Test func nothingLiesOutsideOfThePaper() throws {
    for exchanges in [answeredCall(), LadderTextTests.ringing(1), LadderTextTests.ringing(30)] {
      let elements = try #require(Elements.of(LadderSVG(try draw(exchanges)).text))
      let width = try #require(elements.first?.attributes["width"].flatMap(Int.init))
      let height = try #require(elements.first?.attributes["height"].flatMap(Int.init))
      for element in elements {
        for name in ["x", "x1", "x2"] {
          if let x = element.attributes[name].flatMap(Int.init) { #expect((0...width).contains(x)) }
        }
        for name in ["y", "y1", "y2"] {
          if let y = element.attributes[name].flatMap(Int.init) { #expect((0...height).contains(y)) }
        }
      }
    }
  }

  @Test func labelsOfOneSideStandBetweenThePBXAndItsNeighbour() throws {
    let elements = try #require(Elements.of(LadderSVG(try draw(LadderTextTests.ringing(3))).text))
    let life = elements.filter { $0.attributes["class"] == "life" }.compactMap { $0.attributes["x1"].flatMap(Int.init) }
    let labels = elements.filter { $0.attributes["class"] == "label" }
    #expect(life.count == 5)
    for label in labels {
      let middle = try #require(label.attributes["x"].flatMap(Int.init))
      let room = middle < life[1] ? life[0]...life[1] : life[1]...life[2]
      // 0.61 of the font's 13 pixels for each character.
      let half = Int(Double(label.text.count) * 13 * 0.61 / 2)
      #expect(room.contains(middle - half) && room.contains(middle + half), "\(label.text)")
    }
  }

  @Test(arguments: LadderTextTests.hostileNames)
  func noNameCanBreakOutOfItsElement(_ name: String) throws {
    var caller = incoming("1000", dials: "1001")
    caller.displayName = name
    let exchanges = [caller.invite(at: 0).adding("Reason: Q.850;cause=1;text=\"\(name)\"").trying(at: 0.1).ok(at: 1)]
    let svg = LadderSVG(try draw(exchanges)).text
    let elements = try #require(Elements.of(svg), "\(svg.prefix(2000))")
    #expect(
      Set(elements.map(\.name)).isSubset(of: ["svg", "title", "desc", "style", "rect", "line", "path", "g", "text"]))
    #expect(svg.utf8.count < 60_000)
    #expect(
      svg.unicodeScalars.allSatisfy { ($0.value >= 0x20 || $0 == "\n") && $0.value != 0xffff && $0.value != 0x202e })
  }

  @Test func aLineEndInsideOfANameIsVisible() throws {
    let header = "Reason: Q.850;cause=1;text=\"one\\\ntwo\""
    let ladder = try draw([incoming("1000", dials: "1001").invite(at: 0).adding(header).refuse(486, at: 1)])
    let elements = try #require(Elements.of(LadderSVG(ladder).text))
    #expect(elements.count > 10)
  }

  @Test func retransmissionsAreDashedAndWhatIsLeftOutIsSaid() throws {
    let exchanges = [incoming("1000", dials: "1001").invite(at: 0).again(at: 0.5).refuse(486, at: 2)]
    let elements = try #require(Elements.of(LadderSVG(try draw(exchanges, messagesMax: 3)).text))
    #expect(elements.count { $0.attributes["class"] == "request again" } == 1)
    #expect(elements.contains { $0.name == "text" && $0.text == "… 1 more" })
    #expect(elements.contains { $0.name == "desc" && $0.text.contains("1 more are left out") })
  }
}
