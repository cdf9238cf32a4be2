import Foundation
import TestSupport
import Testing

/// `serve` with a second model, with a CRM over HTTPS, and over traces that begin again.
struct ServeBesideTests {
  private static let data = Program.root.appending(path: "fixtures/crm/loopback-office.yaml").path

  /// A CRM on a port of its own.
  private struct Cloud {
    let running: Program.Running
    let url: String
    let admin: String

    /// - Parameter name: of the file for the certificate that its clients have to trust.
    init(_ folder: TemporaryDirectory, _ name: String) throws {
      running = try Program.start([
        "cloud", "--port", "0", "--admin-port", "0", "--ca-out", folder.path(name), "--data", ServeBesideTests.data,
      ])
      let text = running.output { $0.contains("administrator") }
      let said = try running.folder.text("err")
      url = String(try #require(text.firstMatch(of: /every host +(https:\S+)/), "\(said)").1)
      admin = String(try #require(text.firstMatch(of: /administrator +(http:\S+)/)).1)
    }
  }

  /// Prints how many requests each model made and how many had no answer, then how many each cloud got.
  private static let counting = """
    def requests(model):
      post(admin, "/models", model=model)
      page = get(admin, "/requests")
      return int(re.search("The latest ([0-9]+) request", page)[1]), page.count("no answer")
    admin = sign_in("admin", "admin123")
    print(*requests("first"), *requests("second"))
    for cloud in sys.argv[2:]:
      with urllib.request.urlopen(cloud + "/api/exchanges", timeout=30) as answer:
        print(answer.read().count(b'"number"'))
    """

  /// Waits until a server has come to its traces' end so many times, and says what it said by then.
  @discardableResult
  private static func said(by running: Program.Running, ends: Int = 1) throws -> String {
    let script = """
      import sys, time
      for _ in range(3000):
        said = open(sys.argv[1]).read()
        if said.count("the traces are at their end") >= int(sys.argv[2]): break
        time.sleep(0.02)
      print(said, end="")
      """
    return try ServeCommandTests.python(["-c", script, running.folder.path("err"), "\(ends)"]).out
  }

  @Test func bothModelsAskOneCRMOverHTTPSEachOverItsOwnConnection() throws {
    let folder = try TemporaryDirectory()
    let cloud = try Cloud(folder, "ca.pem")
    let (running, url) = try ServedCRMTests.serve(
      ["--beside", "UCM6202", "--crm-url", cloud.url, "--crm-ca", folder.path("ca.pem")], trace: "inbound-known-caller")
    try Self.said(by: running)
    let out = try ServedCRMTests.browse(url, Self.counting, [cloud.admin])
    #expect(running.stop() == 0)
    let numbers = out.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    try #require(numbers.count == 5, "\(out)")
    #expect(numbers[0] > 1 && numbers[0] == numbers[2], "\(out)")
    #expect(numbers[1] == 0 && numbers[3] == 0, "\(out)")
    #expect(numbers[4] == numbers[0] + numbers[2], "\(out)")
    #expect(try running.folder.text("err").contains("both models write into the same CRM"))
    #expect(cloud.running.stop() == 0)
  }

  @Test func eachModelMayHaveACRMOfItsOwn() throws {
    let folder = try TemporaryDirectory()
    let (one, other) = (try Cloud(folder, "one.pem"), try Cloud(folder, "other.pem"))
    let both = try folder.write(Array((folder.text("one.pem") + folder.text("other.pem")).utf8), to: "both.pem")
    let (running, url) = try ServedCRMTests.serve(
      ["--beside", "UCM6202", "--crm-url", one.url, "--beside-crm-url", other.url, "--crm-ca", both],
      trace: "inbound-known-caller")
    try Self.said(by: running)
    let out = try ServedCRMTests.browse(url, Self.counting, [one.admin, other.admin])
    #expect(running.stop() == 0)
    let numbers = out.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    try #require(numbers.count == 6, "\(out)")
    #expect(numbers[0] > 1 && numbers[1] == 0 && numbers[3] == 0, "\(out)")
    #expect(numbers[4] == numbers[0] && numbers[5] == numbers[2], "\(out)")
    #expect(try !running.folder.text("err").contains("same CRM"))
    #expect(one.running.stop() == 0 && other.running.stop() == 0)
  }

  @Test(arguments: ["max", "1"])
  func changesOfThePagesReachTheModelBesideAtTheSameMoment(speed: String) throws {
    let (running, url) = try ServedCRMTests.serve(
      ["--speed", speed, "--beside", "UCM6202"], trace: speed == "1" ? "office-morning" : "busy")
    let out = try ServedCRMTests.browse(
      url,
      """
      admin, anna = sign_in("admin", "admin123"), sign_in("1001", "user123")
      status(anna)
      post(admin, "/crm", crm_module="vtiger", crm_addr="https://vtiger.example.com", **lookups)
      post(anna, "/portal/crm", enable_crm="yes", crm_username="anna", crm_password="an-access-key")
      post(admin, "/apply", on="/crm")
      status(anna)
      def asked(model):
        post(admin, "/models", model=model)
        for _ in range(400):
          page = re.sub("<td[^>]*>", "<td>", get(admin, "/requests"))
          row = "</a></td><td>([^<]*)</td><td>(token|login)</td><td>([A-Z]+)</td><td>vtiger.example.com<"
          rows = re.findall(row, page)
          if len(rows) > 1: return rows[::-1][:2]
          time.sleep(0.02)
        return page
      one, other = asked("first"), asked("second")
      print(one == other, len(one), one if one != other else "", other if one != other else "")
      """)
    #expect(running.stop() == 0)
    let lines = out.split(separator: "\n").map(String.init)
    try #require(lines.count == 3, "\(out)")
    #expect(lines[1].hasPrefix("vTigerCRM | Logged In |"), "\(out)")
    #expect(lines[2].hasPrefix("True 2"), "\(out)")
  }

  /// Whatever is applied in between falls between the same two messages for both, or names and rows would differ.
  @Test func twoOfAKindDifferInNothingHoweverOftenTheCRMChanges() throws {
    let (running, url) = try ServedCRMTests.serve(
      ["--speed", "40", "--beside", "UCM6304", "--crm-data", Self.data], trace: "office-morning")
    let out = try ServedCRMTests.browse(
      url,
      """
      admin = sign_in("admin", "admin123")
      systems = [("vtiger", "https://vtiger.example.com"), ("zoho-v2", "https://www.zohoapis.com")]
      orders = [lookups, dict(number_add="contacts", first_search="contacts", second_search="", third_search="")]
      changes = 0
      while int(shown(get(admin, "/models"), "calls-first")) < 40 and changes < 200:
        (module, address), order = systems[changes // 2 % 2], orders[changes % 2]
        post(admin, "/crm", crm_module=module, crm_addr=address, **order)
        post(admin, "/apply", on="/crm")
        changes += 1
      for _ in range(400):
        page = get(admin, "/models")
        found = [int(shown(page, name)) for name in ("same", "different", "only-first", "only-second")]
        if found[0] > 40: break
        time.sleep(0.05)
      print(changes > 5, *found, shown(page, "events-first") == shown(page, "events-second"), shown(page, "earliest"))
      """)
    #expect(running.stop() == 0)
    #expect(out.hasPrefix("True") && out.hasSuffix(" 0 0 0 True none\n"), "\(out)")
  }

  @Test func aRequestOfTheModelBesideIsSentAgainThere() throws {
    let (running, url) = try ServedCRMTests.serve(["--beside", "UCM6202"], trace: "office-morning")
    let out = try ServedCRMTests.browse(
      url,
      """
      admin = sign_in("admin", "admin123")
      post(admin, "/models", model="second")
      for _ in range(400):
        page = re.sub("<td[^>]*>", "<td>", get(admin, "/requests"))
        found = re.findall('/requests/([0-9]+)">[^<]*</a></td><td>[^<]*</td><td>search</td>', page)
        if found: break
        time.sleep(0.05)
      number = found[0]
      post(admin, f"/requests/{number}/again", on=f"/requests/{number}")
      print("(by hand)" in get(admin, "/requests"))
      post(admin, "/models", model="first")
      print("(by hand)" in get(admin, "/requests"))
      """)
    #expect(running.stop() == 0)
    #expect(out == "True\nFalse\n", "\(out)")
  }

  // MARK: Again and again

  @Test func everyPassOfALoopHasTheCRMOverHTTPS() throws {
    let folder = try TemporaryDirectory()
    let cloud = try Cloud(folder, "ca.pem")
    let (running, url) = try ServedCRMTests.serve(
      ["--loop", "--crm-url", cloud.url, "--crm-ca", folder.path("ca.pem")], trace: "inbound-known-caller")
    let out = try ServedCRMTests.browse(
      url,
      """
      admin = sign_in("admin", "admin123")
      seen = {"no answer" in get(admin, "/requests") for _ in range(200)}
      print(seen)
      """)
    let said = try Self.said(by: running, ends: 3)
    #expect(running.stop() == 0)
    #expect(out == "{False}\n", "\(out)")
    #expect(!said.contains("not sent") && !said.contains("zohoapis"), "\(said)")
    #expect(cloud.running.stop() == 0)
  }

  @Test func everyPassOfALoopPlaysTheCassetteFromItsBeginning() throws {
    let folder = try TemporaryDirectory()
    let cassette = ["--cassette", folder.path("c.jsonl")]
    let recorded = try Program.run(
      [
        "replay", Program.fixture("inbound-known-caller"), "--model", "UCM6304", "--site", Program.site, "--crm-data",
        Self.data, "--cassette-mode", "record", "--cassette-people", "keep",
      ] + cassette)
    #expect(recorded.status == 0, "\(recorded.err)")
    let (running, _) = try ServedCRMTests.serve(["--loop"] + cassette, trace: "inbound-known-caller")
    let said = try Self.said(by: running, ends: 3)
    #expect(running.stop() == 0)
    #expect(said.matches(of: /; again/).count >= 3, "\(said)")
    #expect(said.split(separator: "\n").allSatisfy { $0.contains("; again") || $0.contains("sign") }, "\(said)")
  }

  @Test(arguments: [
    (["--beside-crm-url", "https://127.0.0.1:1"], "--beside-crm-url is for the model of --beside"),
    (["--beside", "UCM6202", "--beside-crm-url", "https://127.0.0.1:1"], "--beside-crm-url goes with --crm-url"),
    (
      ["--beside", "UCM6202", "--crm-url", "https://127.0.0.1:1", "--beside-crm-url", "ftp://x"],
      "--beside-crm-url: `ftp://x` is no address of a server"
    ),
    (["--beside", "UCM6202", "--cassette", "c", "--cassette-mode", "record"], "A cassette is of one appliance"),
    (["--beside", "UCM6202", "--cassette", "c", "--cassette-mode", "spy"], "A cassette is of one appliance"),
    (["--beside", "UCM9999"], "UCM9999"),
  ])
  func whatCannotBeWithAnotherModelIsSaid(options: [String], says: String) throws {
    let run = try Program.run(
      ["serve", Program.fixture("busy"), "--model", "UCM6304", "--site", Program.site, "--port", "0"] + options)
    #expect(run.status == 2 && run.err.contains(says), "\(run.status) \(run.err)")
  }
}
