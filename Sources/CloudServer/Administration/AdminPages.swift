import CRMCloud
import CloudPages
import HTTPTypes
import Hummingbird
import NIOCore
import Primitives

/// The inspector for people: a list of exchanges, and each of them.
struct AdminPages<Hosted: HostedCloud & CloudAdministration & Codable>: Sendable {
  let cloud: ServedCloud<Hosted>
  let reachedAt: @Sendable () -> ListenAddress?

  private static var product: String { "ucmsim cloud" }
  private static var listed: Int { 200 }

  func addRoutes(to routes: Router<BasicRequestContext>) {
    routes.get("/") { request, _ -> Response in
      var filter = ExchangeFilter(request)
      filter.limit = Self.listed
      return .page(list(await cloud.exchanges(filter), at: await cloud.now))
    }
    routes.get("exchanges/:number") { _, context -> Response in
      guard let number = context.parameters.get("number", as: Int.self), let entry = await cloud.exchange(number)
      else {
        return .page(
          Page(
            product: Self.product, title: "No such request",
            blocks: [
              .text("The inspector has no such request, or no longer."), .links([PageLink("All requests", "/")]),
            ]
          ), .notFound)
      }
      return .page(detail(entry, number: number))
    }
    routes.get("\(PageStyle.path.dropFirst())") { _, _ -> Response in
      Response(
        status: .ok, headers: [.contentType: "text/css; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: PageStyle.text)))
    }
  }

  private func list(_ found: [(number: Int, entry: ExchangeEntry)], at now: Instant) -> Page {
    let rows = found.map { number, entry -> [PageCell] in
      [
        .link(PageLink("\(number)", "/exchanges/\(number)")), .text(Self.text(entry.time)), .text(entry.method),
        .text(entry.host), .text(String(entry.path.prefix(100))), .text(entry.status.map(String.init) ?? "no answer"),
        .text(entry.rule ?? ""),
      ]
    }
    return Page(
      product: Self.product, title: "Requests",
      blocks: [
        .text("The cloud's clock shows \(Self.text(now)). The latest \(Self.listed) requests, without their secrets."),
        .table(
          PageTable(
            id: "exchanges", caption: "Requests, the latest first",
            columns: ["Number", "Time", "Method", "Host", "Path", "Status", "Fault"], rows: rows,
            emptyText: "No request yet.")),
      ])
  }

  private func detail(_ entry: ExchangeEntry, number: Int) -> Page {
    let fields = entry.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    let answerFields = entry.answerFields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    return Page(
      product: Self.product, title: "Request \(number)",
      blocks: [
        .links([PageLink("All requests", "/"), PageLink("As JSON", "/api/exchanges/\(number)")]),
        .facts([
          PageFact(id: "time", "Time", Self.text(entry.time)),
          PageFact(id: "request", "Request", "\(entry.method) \(entry.host)\(entry.path)"),
          PageFact(id: "status", "Status", entry.status.map(String.init) ?? "no answer"),
          PageFact(id: "delivery", "Delivery", entry.delivery),
          PageFact(id: "fault", "Fault", entry.rule ?? ""),
          PageFact(id: "took", "Took", "\(entry.took.nanoseconds / 1000) microseconds"),
        ]),
        .code(id: "fields", label: "Header fields of the request", text: fields),
        .code(id: "body", label: "Body of the request", text: entry.body),
        .code(id: "answer-fields", label: "Header fields of the answer", text: answerFields),
        .code(id: "answer", label: "Body of the answer (\(entry.answerBytes) bytes)", text: entry.answer),
        .code(id: "curl", label: "As a command line", text: entry.curl(reachedAt: reachedAt())),
      ])
  }

  private static func text(_ instant: Instant) -> String {
    OffsetTimestamp(instant, utcOffsetSeconds: 0).description
  }
}

extension Response {
  fileprivate static func page(_ page: Page, _ status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status,
      headers: [
        .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
        .contentSecurityPolicy: "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
      ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: page.html())))
  }
}
