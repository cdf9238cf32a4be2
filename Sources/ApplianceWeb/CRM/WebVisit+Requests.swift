import ApplianceAPI
import CloudPages
import HTTPTypes
import JSON
import Primitives
import Redaction

// The requests to the CRM, as the run's own files have them: without secrets.
extension WebVisit {
  func crmRequests() -> [PageBlock] {
    let rows = state.crmExchanges.reversed().map { exchange -> [PageCell] in
      let line = exchange.line
      let status = line.shown("status")
      return [
        .link(PageLink("Request \(exchange.number)", "/requests/\(exchange.number)")), .text(line.time(in: state)),
        .text(line.shown("purpose") + (line.repeated == nil ? "" : " (by hand)")), .text(line.shown("method")),
        .text(line.shown("host")),
        .text(String(line.shown("path").withoutSecrets.prefix(100))),
        status.isEmpty
          ? .badge("no answer", .error) : .badge(status, status.hasPrefix("2") ? .success : .error),
      ]
    }
    return [
      .table(
        PageTable(
          id: "requests-table", caption: "The latest \(WebPages.count(rows.count, "request")), the last first",
          columns: ["Number", "Time", "Purpose", "Method", "Host", "Path", "Status"], rows: rows,
          emptyText: "The CRM was asked nothing yet."))
    ]
  }

  func crmRequest(_ number: Int) -> WebAnswer {
    guard let exchange = state.crmExchanges.first(where: { $0.number == number }) else {
      return WebInterface.refusal(.notFound, "There is no such request, or no longer.")
    }
    let line = exchange.line
    let body = line.shown("body").withoutSecrets
    let path = line.shown("path").withoutSecrets
    let origin = line.repeated.map {
      PageFact(id: "by-hand", "Sent by hand", "Again for request \($0)", target: "/requests/\($0)")
    }
    return page(
      "Request \(number)", at: .request(number),
      [
        .links([PageLink("All requests", "/requests")]),
        .facts(
          (origin.map { [$0] } ?? []) + [
            PageFact(id: "time", "Time", line.time(in: state)),
            PageFact(id: "purpose", "Purpose", line.shown("purpose")),
            PageFact(id: "request", "Request", "\(line.shown("method")) https://\(line.shown("host"))\(path)"),
            PageFact(id: "status", "Status", line.shown("status")),
            PageFact(id: "unreachable", "No answer because", line.shown("unreachable")),
            PageFact(id: "bytes", "Bytes of the answer", line.shown("bytes")),
          ]),
        .code(id: "body", label: "Body of the request", text: body),
        .code(id: "answer", label: "Body of the answer", text: line.safeAnswer),
        .code(
          id: "curl", label: "As a command line; secrets are to be filled in",
          text: CurlCommand.text(
            method: line.shown("method"), url: "https://\(line.shown("host"))\(path)", body: body)),
      ] + again(exchange))
  }
}

extension String {
  /// Once more without secrets: what a connector did not know to be one is still told by its form.
  fileprivate var withoutSecrets: String {
    var redaction = SecretRedaction(.kinds)
    return redaction.text(self)
  }
}

extension JSONValue {
  /// A member as text; empty for none and for null.
  func shown(_ name: String) -> String {
    switch self[name] {
    case .string(let text)?: text
    case .integer(let number)?: "\(number)"
    case .decimal?, .number?, .bool?, .array?, .object?: self[name].map { $0.text } ?? ""
    case .null?, nil: ""
    }
  }

  private var text: String { String(decoding: bytes(), as: UTF8.self) }

  /// The body of an exchange's answer.
  var safeAnswer: String { shown("answer").withoutSecrets }

  /// When it was sent, on the site's clock.
  func time(in state: some WebState) -> String {
    guard let seconds = Double(shown("time")), abs(seconds) < 1e11 else { return shown("time") }
    return state.timeZone.local(Instant(seconds: Int64(seconds))).text
  }
}
