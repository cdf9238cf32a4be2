import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct FunctionTroubleTests {
  private let world: ZohoWorld
  private let browser: Browser

  init() throws {
    world = try Developers.world()
    browser = Developers.connectedToMailChimp(world)
  }

  @Test(arguments: [
    ("x = ;", "Line 1: A value is missing."), ("x = \"a", "Line 1: The text that begins here does not end."),
    ("x = 1", "Line 1: ';' is missing."), ("\n\nif (a) {}", "Line 3: ';' is missing."),
    ("x = {1, \"a\":2};", "Line 1: A map and a list do not mix."), ("x = §;", "Line 1: The character U+a7 is not"),
    ("r = invokeurl [ link:\"x\" ];", "Line 1: invokeurl knows no link."),
    ("zoho.crm.createRecord(\"Leads\", x);", "Line 1: The task zoho.crm.createRecord is not simulated here."),
    ("for each x in y { info x;", "Line 1: '}' is missing."), ("x = Map(1);", "Line 1: Map() takes nothing."),
    ("r = invokeurl [ url \"x\" ];", "Line 1: ':' is missing."), ("= 1;", "Line 1: A value is missing."),
  ])
  func aScriptThatCannotBeReadIsRefusedByLine(script: String, error: String) {
    browser.open(Developers.functions + "/new")
    let page = browser.submit("new-function", ["name": "test", "script": script])
    #expect(page.status == 400 && page.fieldErrors.count == 1)
    #expect(page.fieldErrors.first?.hasPrefix(error) ?? false)
    // What was typed is not lost.
    #expect(page.form("new-function")?["script"]?.isEmpty == false)
  }

  @Test(arguments: [
    ("return x;", "Line 1: The variable x is not defined."),
    (
      "r = invokeurl [ url :\"https://us6.api.mailchimp.com/3.0\" connection:\"none\" ];",
      "Line 1: invokeurl: there is no connection with the link name none."
    ),
    (
      "r = invokeurl [ url :\"https://169.254.169.254/latest\" ];",
      "Line 1: invokeurl: The host 169.254.169.254 is not simulated here, and nothing leaves this machine."
    ),
    (
      "r = invokeurl [ url :\"https://example.com/\" connection:\"my_chimp\" ];",
      "Line 1: invokeurl: the connection my_chimp: The host example.com is not simulated here, and nothing leaves "
        + "this machine."
    ),
    (
      "r = invokeurl [ url :\"http://us6.api.mailchimp.com/\" ];",
      "Line 1: invokeurl: The URL is malformed; it has to begin with https://."
    ),
    (
      "r = invokeurl [ url :\"file:///etc/passwd\" ];",
      "Line 1: invokeurl: The URL is malformed; it has to begin with https://."
    ),
    ("r = invokeurl [ type :GET ];", "Line 1: invokeurl: The URL is malformed; it has to begin with https://."),
    (
      "r = invokeurl [ url :\"https://desk.zoho.com/\" type :TRACE ];",
      "Line 1: invokeurl: the type is none of GET, POST, PUT, DELETE, PATCH and HEAD."
    ),
    (
      "r = invokeurl [ url :\"https://desk.zoho.com/\" headers:{\"a b\":\"c\"} ];",
      "Line 1: invokeurl: a header is malformed."
    ),
    (
      "r = invokeurl [ url :\"https://desk.zoho.com/\" headers:{\"a\":\"c\\nd: e\"} ];",
      "Line 1: invokeurl: a header is malformed."
    ),
    ("x = {1,2};\nx.get(0).nothing();", "Line 2: The method nothing with 0 arguments is not simulated here."),
    ("for each x in 5 { info x; }", "Line 1: for each goes through a list only."),
    ("x = 9223372036854775807 + 1; y = \"a\".toMap();", "Line 1: toMap() finds nothing of the kind."),
    ("{}.put(\"a\", 1);", "Line 1: put() changes a variable only."),
  ])
  func whatGoesWrongInARunIsToldByLine(script: String, problem: String) {
    let page = Developers.run(browser, script)
    #expect(page.problem == problem && page.text(id: "run-status") == "Failed")
  }

  @Test func aConnectionThatIsNotAuthorizedIsTold() {
    browser.open(Developers.connections + "/connection/my_chimp")
    browser.submit("revoke")
    let page = Developers.run(browser, "r = invokeurl [ url :\"https://desk.zoho.com/\" connection:\"my_chimp\" ];")
    #expect(page.problem == "Line 1: invokeurl: the connection my_chimp is not authorized.")
  }

  @Test(arguments: [
    ("slow", "Line 1: invokeurl: the connection my_chimp: us6.api.mailchimp.com did not answer within 40 seconds."),
    ("unavailable", "–"), ("nonsense", "–"),
  ])
  func aProviderInTroubleIsToldOrItsAnswerHandedOn(trouble: String, problem: String) {
    Developers.rehearse(trouble, at: "login.mailchimp.com", Browser(world))
    let page = Developers.run(
      browser, "return invokeurl [ url :\"https://us6.api.mailchimp.com/3.0/lists\" connection:\"my_chimp\" ];")
    #expect(page.problem == problem)
  }

  @Test func aFunctionThatCallsItselfComesToAnEnd() {
    Developers.run(browser, "return 1;", name: "loop")
    let address = browser.page.text(id: "rest-key") ?? ""
    let call = "r = invokeurl [ url :\"\(address)\" ];"
    browser.submit("edit", ["with_key": "on", "script": call + call + "return r;"])
    browser.submit("run")
    #expect(browser.page.problem == "–")
    #expect(browser.page.output?.contains("a function seems to call itself") ?? false)
    // Afterwards everything goes on as before.
    #expect(
      Developers.run(browser, "return invokeurl [ url :\"https://desk.zoho.com/x\" ];", name: "after").status == 200)
  }

  @Test(arguments: [
    ("list = List(); list.add(1); for each x in list { list.add(x); } return list.size();", "2"),
    ("m = Map(); m.put(\"a\", m); return m;", #"{"a":{}}"#),
  ])
  func aLoopGoesThroughWhatWasThereAtItsBeginning(script: String, output: String) {
    #expect(Developers.run(browser, script).output == output)
  }

  @Test(arguments: [
    (String(repeating: "m.put(\"a\", m);", count: 40), "The value is too large."),
    (String(repeating: "m.put(\"a\", m); m.put(\"b\", m);", count: 20), "The value is too large."),
    ("x = \"0123456789abcdef\";" + String(repeating: "x = x + x;", count: 20), "The text is too long."),
    (
      "l = {1,1,1,1,1,1,1,1,1,1};" + String(repeating: "for each x in l {", count: 6) + "y = 1;"
        + String(repeating: "}", count: 6), "The function runs for too long."
    ),
    ((0..<120).map { "v\($0) = 1;" }.joined(), "There are too many variables."),
  ])
  func whatGrowsOrRunsWithoutEndIsStopped(script: String, problem: String) {
    let page = Developers.run(browser, "m = Map();" + script)
    #expect(page.problem?.hasSuffix(problem) ?? false, "\(page.problem ?? page.title)")
  }

  @Test func aScriptHasABound() {
    browser.open(Developers.functions + "/new")
    let script = String(repeating: "info 1;", count: 3000)
    let page = browser.submit("new-function", ["name": "long", "script": script])
    #expect(page.fieldErrors == ["Line 1: The script is longer than 20000 bytes."])
  }

  @Test func anEditThatCannotBeReadKeepsTheOldScript() {
    Developers.run(browser, "return 1;")
    let page = browser.submit("edit", ["script": "return"])
    #expect(page.status == 400 && page.notice == "Line 1: A value is missing.")
    browser.open(Developers.functions + "/test")
    #expect(browser.page.form("edit")?["script"] == "return 1;")
  }

  @Test func onlyAdministratorsMakeFunctions() {
    let sam = Developers.browser(world, "sam@example.com", "sam")
    #expect(sam.open(Developers.functions + "/new").status == 403)
  }

  /// Any text is read or refused by line, and what is read runs to an end.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func noTextTrapsTheReaderOrTheRun(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    let words = [
      "x", "=", ";", "invokeurl", "[", "]", "{", "}", "(", ")", ":", ",", ".", "+", "-", "\"a\"", "'b'", "\"", "'",
      "\\",
      "1", "1.5", "99999999999999999999", "url", "type", "GET", "connection", "\"my_chimp\"", "info", "return",
      "for", "each", "in", "Map()", "List()", "get(0)", "put(\"a\",x)", "add(x)", "toString()", "zoho", "//", "/*",
      "*/",
      "\n", "\"https://desk.zoho.com/\"", "é", "\u{0}", "\u{202e}", "🙂", "true", "null",
    ]
    Developers.run(browser, "return 1;")
    let csrf = browser.page.form("edit")?["csrf"] ?? ""
    for _ in 0..<25 {
      let count = Int(dice.next() % 40)
      let body = (0..<count).map { _ in words[Int(dice.next() % UInt64(words.count))] }.joined(separator: " ")
      let script = "x = Map(); " + body + (dice.next() % 2 == 0 ? ";" : "")
      let page = browser.post(Developers.functions + "/test/save", [("csrf", csrf), ("script", script)])
      #expect([200, 400].contains(page.status))
      #expect(browser.post(Developers.functions + "/test/run", [("csrf", csrf)]).status == 200)
    }
  }

  /// A valid script with bytes missing or repeated.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func noBrokenScriptTrapsTheReaderOrTheRun(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    let good = Array(
      #"""
      m = {"a": {1, 2.5, -3}, "b": "text\n"}; for each e in m.get("a") { info e + 1; }
      r = invokeurl [ url :"https://us6.api.mailchimp.com/3.0/lists" type :POST parameters:m headers:{"X":"y"}
        connection:"my_chimp" detailed:true ]; return r.toString().toMap();
      """#)
    Developers.run(browser, String(good))
    let csrf = browser.page.form("edit")?["csrf"] ?? ""
    for _ in 0..<25 {
      var script = good
      for _ in 0..<(1 + dice.next() % 4) where !script.isEmpty {
        let place = Int(dice.next() % UInt64(script.count))
        if dice.next() % 2 == 0 { script.remove(at: place) } else { script.insert(script[place], at: place) }
      }
      let page = browser.post(Developers.functions + "/test/save", [("csrf", csrf), ("script", String(script))])
      #expect([200, 400].contains(page.status))
      #expect(browser.post(Developers.functions + "/test/run", [("csrf", csrf)]).status == 200)
    }
  }

  @Test func deepNestingIsRefusedRatherThanRecursedInto() {
    browser.open(Developers.functions + "/new")
    for mark in ["(", "{", "{1:", "[", "invokeurl[url:", "x.get(", "for each x in y {", "-", "1+(", "Map().put("] {
      let page = browser.submit("new-function", ["name": "deep", "script": String(repeating: mark, count: 1200)])
      #expect(page.status == 400, "\(mark)")
    }
  }
}
