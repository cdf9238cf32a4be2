import ConfigurationFiles
import Testing

@Suite("A connector's file that is wrong")
struct BrokenConnectorTests {
  /// A description without a fault; each case changes one place of it.
  static let sound = """
    name: Example CRM
    parameters:
      key: {type: secret, title: Key}
      region: {type: choice, choices: [eu, us], default: eu}
    server: https://{{region}}.crm.example.com
    authentication:
      kind: header
      send: {headers: {X-Key: "{{key}}"}}
      check: {method: GET, path: /me}
    numbers: [e164, {lastDigits: 9}]
    errorCode: error.code
    outcomes:
      - {status: 404, is: miss}
      - {code: LIMIT, is: throttled}
    lookup:
      contacts:
        request: {method: GET, path: /people, query: {phone: "{{Number}}"}}
        found: people
        record: {id: id, name: "{{first}} {{last}}", numbers: ["phones[].value"]}
    create:
      contacts:
        request: {method: POST, path: /people, json: {last: "{{Name}}", phones: [{value: "{{Number}}"}]}}
        id: id
    find:
      contacts: lookup
    reportCall:
      request:
        method: POST
        path: /calls
        json:
          {text: "{{Description}}", at: "{{CallStart | utc}}",
           kind: {$case: CallType, Inbound: in, Missed: in, Outbound: out, Notanswered: out}}
      id: id
    findCall:
      request: {method: GET, path: /calls, query: {text: "{{Mark}}", page: "{{Page}}"}}
      found: calls
      call: {id: id, texts: [text]}
      more: next
    examples:
      parameters: {key: k-1}
      exchanges:
        - name: nobody
          operation: lookup
          table: contacts
          given: {Number: "+14155550100"}
          request: {method: GET, target: /people?phone=%2B14155550100}
          answer: {status: 404, json: {}}
          outcome: miss

    """

  @Test("The sound one stands")
  func stands() throws {
    let file = try ConnectorFile.read(text: Self.sound, path: "crm.yaml")
    #expect(file.examples.count == 1)
    #expect(file.defaults == ["texts: the firmware's own"])
  }

  private static let cases: [(from: String, to: String, error: String)] = [
    ("name: Example CRM\n", "", "1:1: the key `name` is missing"),
    ("errorCode:", "errorcode:", "11:1: unknown key `errorcode`; did you mean `errorCode`?"),
    (
      "{{Number}}\"}}\n    found", "{{Nummer}}\"}}\n    found",
      "17:58: lookup.contacts.request.query.phone: `Nummer` is not known anywhere; did you mean `Number`?"
    ),
    ("\"{{Number}}\"}}\n    found", "\"{{CallId}}\"}}\n    found", "`CallId` is not known here (lookup)"),
    ("\"{{Number}}\"}}\n    found", "\"{{Token}}\"}}\n    found", "`Token` is not known here (lookup)"),
    ("\"{{Number}}\"}}\n    found", "\"{{Number\"}}\n    found", "`{{` and `}}` do not pair up"),
    ("\"{{Number}}\"}}\n    found", "\"{{Number | upper}}\"}}\n    found", "`upper` is no form of a value"),
    ("\"{{Number}}\"}}\n    found", "\"1\"}}\n    found", "asks for nobody: `{{Number}}` stands nowhere in it"),
    ("\"{{Number}}\"}}\n    found", "[1, 2]}}\n    found", "a list is no single value"),
    ("\"{{CallStart | utc}}\"", "\"{{CallStart}}\"", "`CallStart` is a moment"),
    ("Missed: in, ", "", "`$case` of `CallType` says nothing for Missed"),
    ("Missed: in, ", "Missed: in, Busy: in, ", "`Busy` is no word of `CallType`"),
    ("$case: CallType", "$case: Number", "`Number` is no variable of few words"),
    (
      "kind: header", "kind: heder",
      "7:9: authentication.kind: expected one of none, header, basic, login, oauth-refresh; found `heder`"
    ),
    ("  check: {method: GET, path: /me}\n", "", "the key `check` is missing"),
    ("path: /me", "path: me", "the path does not start with `/`"),
    ("path: /me", "path: /me?x=1", "what follows a `?` goes under `query`"),
    (
      "path: /me", "path: \"/me-{{key}}\"",
      "`{{key}}` is a secret and stands in a part of the path with other text, which logs show"
    ),
    ("X-Key:", "X Key:", "no name of a header field"),
    ("last: \"{{Name}}\"", "last: \"{{Name}}\", key: \"{{key}}\"", "stands in a JSON body, which logs show"),
    (
      "server: https://{{region}}", "server: \"{{region}}\"\n# ",
      "5:9: server: the server's address does not start with https://"
    ),
    ("type: secret, title: Key", "type: secret, default: k", "a secret has no default"),
    ("default: eu", "default: de", "the default is not one of eu, us"),
    ("https://{{region}}.crm", "https://crm", "the parameter `region` is used nowhere"),
    ("  key: {type", "  Key: {type", "`Key` is no name of a parameter"),
    ("numbers: [e164,", "numbers: [e164, e164,", "this form is asked for twice"),
    ("lastDigits: 9", "lastDigits: 3", "expected a whole number, 4 to 15, found `3`"),
    ("status: 404, is", "status: 4o4, is", "`4o4` is no status"),
    ("is: miss", "is: mis", "did you mean `miss`?"),
    ("{code: LIMIT,", "{", "says neither `status` nor `code`"),
    ("{code: LIMIT,", "{status: 404, code: LIMIT,", "never applies: an earlier rule takes every such answer"),
    ("errorCode: error.code\n", "", "nothing says where an answer holds its code"),
    ("found: people", "found: people[]", "`people[]` leads to several values, and one is meant"),
    ("found: people", "found: people..all", "`people..all` is not a path into an answer"),
    ("name: \"{{first}} {{last}}\"", "name: Somebody", "the name holds no field of the record"),
    ("numbers: [\"phones[].value\"]", "numbers: []", "the list of paths is empty"),
    ("find:\n  contacts: lookup\n", "", "nothing says how a new record in `contacts` is looked for"),
    ("phones: [{value: \"{{Number}}\"}]", "phones: []", "the new record gets no number"),
    ("{method: POST, path: /people,", "{method: GET, path: /people,", "a GET has no body"),
    ("text: \"{{Description}}\", ", "", "the record does not say which call it is of"),
    (", page: \"{{Page}}\"", "", "the request asks for the same page again"),
    ("outcome: miss", "outcome: {found: [\"1\"]}", "the description reads this answer as `miss`"),
    (
      "answer: {status: 404,", "answer: {status: 200,",
      "the description reads this answer as `unavailable (unexpectedShape)`"
    ),
    ("%2B14155550100", "14155550100", "the description asks otherwise: /people?phone=%2B14155550100"),
    ("parameters: {key: k-1}", "parameters: {kee: k-1}", "the connector has no parameter `kee`; did you mean `key`?"),
    ("phone: \"{{Number}}\"", "phone: {{Number}}", "a key is a list or a mapping"),
    ("found: people", "found: people\n    found: others", "the same key is written more than once"),
  ]

  @Test("Is refused with the place and what would be right", arguments: cases)
  func refused(_ from: String, _ to: String, _ error: String) throws {
    let text = Self.sound.replacing(from, with: to, maxReplacements: 1)
    #expect(text != Self.sound)
    let thrown = #expect(throws: ConfigurationErrors.self) {
      try ConnectorFile.read(text: text, path: "crm.yaml")
    }
    let description = thrown?.description ?? ""
    #expect(description.contains(error), "\(description)")
    #expect(description.hasPrefix("crm.yaml:"))
  }

  @Test("Never shows the value of a secret")
  func secrets() throws {
    let text = Self.sound.replacing("parameters: {key: k-1}", with: "parameters: {key: k-1, key2: hush-hush}")
    let thrown = #expect(throws: ConfigurationErrors.self) {
      try ConnectorFile.read(text: text, path: "crm.yaml")
    }
    #expect(thrown?.description.contains("hush") == false)
  }

  @Test(
    "Is refused, not followed, when it is no description at all",
    arguments: ["", "[]", "name: x", "- a", "lookup: 1", "examples: {exchanges: 3}", "a: &a [*a]"])
  func nonsense(_ text: String) {
    #expect(throws: ConfigurationErrors.self) { try ConnectorFile.read(text: text, path: "crm.yaml") }
  }
}
