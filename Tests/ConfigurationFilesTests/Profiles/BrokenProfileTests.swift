import ConfigurationFiles
import HardwareProfiles
import Testing

/// Files of `hardware-profiles/` that are refused, each with the place and with what would be right.
@Suite struct BrokenProfileTests {
  /// A broken file beside a family, a model and a firmware that are not.
  struct Broken: Sendable, CustomTestStringConvertible {
    let what: String
    let path: String
    let text: String
    /// `line:column: ` and words of the first error.
    let place: String
    let words: [String]
    var testDescription: String { what }

    init(_ what: String, _ path: String, _ text: String, _ place: String, _ words: String...) {
      (self.what, self.path, self.text, self.place, self.words) = (what, path, text, place, words)
    }
  }

  private static let sound = [
    (path: "families/box.yaml", text: "family: box\ndisplayName: Box series\n"),
    (path: "models/box1.yaml", text: "model: BOX1\nfamily: box\n"),
    (path: "firmware/1999.yaml", text: "firmware: \"1999\"\ndisplayName: Old\n"),
    (path: "plans/small.yaml", text: "plan: small\ndisplayName: Small\nlimits: {}\n"),
  ]

  private static func model(_ lines: String...) -> String {
    (["model: BOX2", "family: box"] + lines).joined(separator: "\n") + "\n"
  }

  private static func limit(_ name: String, _ fields: String) -> String {
    model("limits:", "  \(name): {\(fields)}")
  }

  private static func users(_ changed: String) -> String {
    let key = changed.prefix { $0 != ":" }
    let fields = ["value: 500", "unit: users", "source: \"D1: manual\"", "certainty: documented", "confidence: high"]
    return limit("users", (fields.filter { !$0.hasPrefix(key + ":") } + [changed]).joined(separator: ", "))
  }

  private static func without(_ key: String) -> String {
    let fields = ["value: 500", "unit: users", "source: \"D1: manual\"", "certainty: documented", "confidence: high"]
    return limit("users", fields.filter { !$0.hasPrefix(key) }.joined(separator: ", "))
  }

  private static let known = "source: \"D1: manual\", certainty: documented, confidence: high"

  private static func trait(_ name: String, _ value: String) -> String {
    model(
      "traits:", "  \(name):", "    value: \(value)", "    source: \"D1: manual\"", "    certainty: documented",
      "    confidence: high")
  }

  private static let m = "models/box2.yaml"

  static let limits: [Broken] = [
    .init("no unit", m, without("unit"), "4:10", "`unit` is missing", "write `unit: users`"),
    .init("no value", m, without("value"), "4:10", "`value` is missing", "whole number of users"),
    .init("no source", m, without("source"), "4:10", "`source` is missing", "`D3: guide`"),
    .init(
      "no certainty", m, without("certainty"), "4:10", "`certainty` is missing",
      "documented, observed, upstream, assumed"),
    .init("no confidence", m, without("confidence"), "4:10", "`confidence` is missing", "low, medium, high"),
    .init("another limit's unit", m, users("unit: calls"), "4:92", "counts users, not calls", "write `unit: users`"),
    .init("a unit nobody counts in", m, users("unit: user"), "4:92", "counts users, not user", "write `unit: users`"),
    .init("fewer than none", m, users("value: -5"), "4:94", "a whole number, 0 to 1000000", "`-5`"),
    .init("a fraction", m, users("value: 5.5"), "4:94", "a whole number, 0 to 1000000", "`5.5`"),
    .init("more than there can be", m, users("value: 1000001"), "4:94", "0 to 1000000"),
    .init("more than a machine counts", m, users("value: 99999999999999999999"), "4:94", "0 to 1000000"),
    .init("a number in quotes", m, users("value: \"500\""), "4:94", "without quotes"),
    .init(
      "storage in gigabytes", m, limit("storage", "value: 4, unit: gigabytes, \(known)"), "4:29",
      "counts bytes, not gigabytes", "write `unit: bytes`"),
    .init(
      "more storage than there is", m, limit("storage", "value: 1125899906842625, unit: bytes, \(known)"), "4:20",
      "0 to 1125899906842624"),
    .init(
      "an unknown certainty", m, users("certainty: certain"), "4:87", "one of documented, observed, upstream, assumed"),
    .init(
      "a reseller's word called documented", m,
      limit("users", "value: 5, unit: users, source: \"R1: list\", certainty: documented, confidence: high"), "4:65",
      "`documented` rests on none of the sources R1", "they carry assumed"),
    .init(
      "a manual called observed", m,
      limit("users", "value: 5, unit: users, source: \"D1, R2: manual\", certainty: observed, confidence: high"),
      "4:71",
      "none of the sources D1, R2", "they carry documented or assumed"),
    .init(
      "a unit's data called upstream", m,
      limit("users", "value: 5, unit: users, source: \"G1: rows\", certainty: upstream, confidence: high"), "4:65",
      "they carry observed or assumed"),
    .init("a source without a key", m, users("source: manual"), "4:85", "`manual` is not a source", "`D3: guide`"),
    .init("a key of no list", m, users("source: \"Q1: manual\""), "4:85", "is not a source"),
    .init("an unknown limit", m, limit("user", known), "4:3", "unknown key `user`", "did you mean `users`?"),
    .init("an unknown key of a limit", m, users("valu: 5"), "4:99", "unknown key `valu`", "did you mean `value`?"),
    .init("a list of limits", m, model("limits: [users]"), "3:9", "expected a mapping with the keys users"),
    .init(
      "another value without source", m, users("alternatives: [{value: 3}]"), "4:114", "`source` is missing",
      "`D3: guide`"),
  ]

  static let traits: [Broken] = [
    .init(
      "an unknown trait", m, model("traits:", "  vidio: {}"), "4:3", "unknown key `vidio`", "did you mean `video`?"),
    .init("half a yes", m, trait("video", "yes"), "5:12", "true or false", "write true without quotes"),
    .init(
      "a range that ends before it begins", m,
      trait("extensionRanges", "[{use: conferences, first: 6399, last: 6300}]"), "5:51",
      "ends at 6300, before it begins at 6399", "swap"),
    .init(
      "two ranges over each other", m,
      trait(
        "extensionRanges",
        "\n    - {use: conferences, first: 6300, last: 6400}\n    - {use: ringGroups, first: 6400, last: 6499}"),
      "7:7", "`ringGroups 6400-6499` overlaps `conferences 6300-6400`", "a number has one use"),
    .init(
      "a part that sticks out", m,
      trait(
        "extensionRanges",
        "\n    - {use: userExtensions, first: 1000, last: 4500}\n    - {use: pickExtensions, first: 4000, last: 4999}"),
      "7:7", "overlaps `userExtensions 1000-4500`", "lie inside userExtensions"),
    .init(
      "a range below nothing", m, trait("extensionRanges", "[{use: ivrs, first: -1, last: 5}]"), "5:32",
      "0 to 999999999999999999"),
    .init(
      "a range for nothing known", m, trait("extensionRanges", "[{use: ringGroup, first: 1, last: 5}]"), "5:19",
      "did you mean `ringGroups`?"),
    .init("ranges that are no list", m, trait("extensionRanges", "1000-6299"), "5:12", "expected a list"),
    .init(
      "one kind of line twice", m,
      trait(
        "digitalLineChannels",
        "\n    - {line: e1, signalling: pri, channels: 30}\n    - {line: e1, signalling: pri, channels: 31}"), "7:7",
      "`e1` with `pri` stands there twice"),
    .init(
      "more calls than time slots", m, trait("digitalLineChannels", "[{line: e1, signalling: pri, channels: 33}]"),
      "5:51", "1 to 32"),
    .init(
      "a line nobody has", m, trait("digitalLineChannels", "[{line: e2, signalling: pri, channels: 30}]"), "5:20",
      "one of e1, t1, j1"),
    .init(
      "a port above all ports", m, trait("listeningPorts", "[{port: 65536, transport: udp, service: SIP}]"), "5:20",
      "1 to 65535"),
    .init(
      "one port twice", m,
      trait(
        "listeningPorts",
        "\n    - {port: 5060, transport: udp, service: SIP}\n    - {port: 5060, transport: udp, service: IAX}"), "7:7",
      "5060/udp stands there twice"),
    .init(
      "a zone that is nowhere", m, trait("defaultTimeZone", "Europe/Berlim"), "5:12",
      "there is no time zone `Europe/Berlim`", "did you mean `Europe/Berlin`?"),
    .init(
      "a broken zone of one's own", m, trait("defaultTimeZone", "MTZ+6MDT+5,M4.1.0"), "5:12", "is not a time zone"),
    .init(
      "a door nobody knows", m, model("apiDoors:", "  httpAPI: {\(known)}"), "4:3", "did you mean `httpsAPI`?"),
    .init(
      "a door without source", m, model("apiDoors:", "  httpsAPI: {port: 8089}"), "4:13", "`source` is missing"),
    .init(
      "a path that begins nowhere", m, model("apiDoors:", "  httpsAPI: {path: api, \(known)}"), "4:20",
      "`api` is not a path", "begin it with `/`"),
    .init(
      "a version of two numbers", m, model("apiDoors:", "  httpsAPI: {sinceFirmware: \"1.0\", \(known)}"), "4:29",
      "`1.0` is not a firmware version", "four numbers"),
  ]

  static let files: [Broken] = [
    .init("no family", m, "model: BOX2\n", "1:1", "`family` is missing"),
    .init(
      "a family that is not there", m, "model: BOX2\nfamily: bax\n", "2:9", "no family `bax`", "did you mean `box`?"),
    .init(
      "a model described before", m, "model: box1\nfamily: box\n", "1:8", "`box1` is described twice",
      "`models/box1.yaml` describes it too; keep one file"),
    .init("an unknown key", m, model("limit: {}"), "3:1", "unknown key `limit`", "did you mean `limits`?"),
    .init("a name with a space", m, "model: BOX 2\nfamily: box\n", "1:8", "letters, digits, `-` and `_`"),
    .init(
      "tabs", m, model("limits:", "\tusers: {}"), "4:1", "found character that cannot start any token",
      "indent with spaces instead of tabs"),
    .init("a quote that never ends", m, "model: 'BOX2\n", "2:1", "unexpected end of stream", "check indentation"),
    .init("nothing at all", m, "", "1:1", "the file is empty"),
    .init("a comment and nothing else", m, "# later\n", "1:1", "the file is empty"),
    .init("a text", m, "BOX2\n", "1:1", "expected a mapping with the keys model, family"),
    .init("JSON of something else", m, "[1, 2]\n", "1:1", "expected a mapping with the keys model, family"),
    .init("the same key twice", m, model("family: box"), "2:1", "written more than once: `family`"),
    .init("anchors", m, model("limits: &a {}"), "3:9", "anchors (`&`) and aliases are not read"),
    .init(
      "a bomb of aliases", m,
      (0..<30).map { "a\($0): &a\($0) [\($0 == 0 ? "x" : "*a\($0 - 1), *a\($0 - 1)")]" }.joined(separator: "\n"), "1:5",
      "anchors (`&`) and aliases are not read"),
    .init("a file beside the folders", "box2.yaml", model(), "1:1", "outside of `families/`", "move it"),
    .init("a folder nobody reads", "notes/box2.yaml", model(), "1:1", "`models/`, `firmware/` and `plans/`"),
    .init(
      "a family described before", "families/z.yaml", "family: box\ndisplayName: Z\n", "1:9", "`box` is described twice"
    ),
    .init(
      "a family based on none", "families/z.yaml", "family: z\ndisplayName: Z\nbasedOn: bix\n", "3:10",
      "no family `bix`", "did you mean `box`?"),
    .init(
      "a family based on itself", "families/z.yaml", "family: z\ndisplayName: Z\nbasedOn: z\n", "3:10",
      "in a circle: `z` → `z`", "take `basedOn` out of one of them"),
    .init(
      "a firmware of no family", "firmware/z.yaml", "firmware: z\ndisplayName: Z\nfamilies: [box, bux]\n", "3:17",
      "no family `bux`", "did you mean `box`?"),
    .init(
      "a firmware described before", "firmware/z.yaml", "firmware: \"1999\"\ndisplayName: Z\n", "1:11",
      "`1999` is described twice"),
    .init(
      "a firmware with limits", "firmware/z.yaml", "firmware: z\ndisplayName: Z\nlimits: {}\n", "3:1",
      "unknown key `limits`", "known keys: firmware, displayName, families, crm, traits"),
    .init(
      "a plan with a model's limit", "plans/z.yaml",
      "plan: z\ndisplayName: Z\nlimits:\n  concurrentCalls: {}\n", "4:3", "unknown key `concurrentCalls`", "remoteCalls"
    ),
    .init("a plan without limits", "plans/z.yaml", "plan: z\ndisplayName: Z\n", "1:1", "`limits` is missing"),
    .init(
      "a plan of another kind", "plans/z.yaml", "plan: z\ndisplayName: Z\nkind: addon\nlimits: {}\n", "3:7",
      "one of plan, addOn", "did you mean `addOn`?"),
    .init(
      "a plan described before", "plans/z.yaml", "plan: SMALL\ndisplayName: Z\nlimits: {}\n", "1:7",
      "`SMALL` is described twice"),
  ]

  @Test func whatIsAddedToIsSound() throws {
    #expect(try ProfileFiles.catalog(files: Self.sound).models.map(\.model) == ["BOX1"])
  }

  @Test(arguments: limits + traits + files)
  func aBrokenFileIsRefusedWithItsPlaceAndWithWhatIsAllowed(_ broken: Broken) throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(files: Self.sound + [(broken.path, broken.text)])
    }
    let text = try #require(errors?.first.description)
    #expect(text.hasPrefix("\(broken.path):\(broken.place): "), "\(text)")
    for words in broken.words { #expect(text.contains(words), "\(text)") }
  }

  @Test func aFileWithoutMistakesIsReadBesideABrokenOneButNothingComesOfIt() {
    #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(
        files: Self.sound + [("models/a.yaml", "model: A\n"), ("models/b.yaml", "model: B\nfamily: box\n")])
    }
  }
}
