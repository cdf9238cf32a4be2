import CRMCloud
import HTTPTypes
import Primitives

/// A cloud at a moment, shared by the browsers and programs of a test.
final class ZohoWorld {
  var cloud: ZohoCloud
  var now: Instant

  init(_ data: ZohoCloudData, _ settings: ZohoCloudSettings = ZohoCloudSettings(), at seconds: Int64 = 1_800_000_000)
    throws
  {
    cloud = try ZohoCloud(data: data, settings: settings, seed: 1)
    now = Instant(seconds: seconds)
  }

  func wait(_ seconds: Int64) { now = now + .seconds(seconds) }

  func send(
    _ method: HTTPRequest.Method, _ address: String, _ fields: [HTTPField.Name: String] = [:], body: String = ""
  ) -> CloudResponse {
    let rest = address.dropFirst("https://".count)
    let host = rest.prefix { !"/?".contains($0) }
    // What comes after # stays in the browser.
    let path = rest.dropFirst(host.count).prefix { $0 != "#" }
    var request = HTTPRequest(
      method: method, scheme: "https", authority: String(host), path: path.hasPrefix("/") ? String(path) : "/" + path)
    for (name, value) in fields { request.headerFields[name] = value }
    return cloud.respond(to: request, body: Array(body.utf8), at: now)
  }

  /// A program's request.
  func reply(
    _ method: HTTPRequest.Method, _ address: String, _ fields: [HTTPField.Name: String] = [:], body: String = ""
  ) -> Reply { Reply(send(method, address, fields, body: body)) }

  /// `POST {accounts}/oauth/v2/token`.
  func token(_ pairs: [(name: String, value: String)], at accounts: String = "accounts.zoho.com") -> Reply {
    reply(.post, "https://\(accounts)/oauth/v2/token", body: PercentEncoding.form(pairs))
  }

  func api(_ path: String, _ token: String?, host: String = "www.zohoapis.com") -> Reply {
    reply(.get, "https://\(host)\(path)", [.authorization: "Zoho-oauthtoken \(token ?? "")"])
  }
}

/// A browser: keeps cookies, follows redirects, fills forms in.
final class Browser {
  let world: ZohoWorld
  private(set) var page = WebPage(address: "about:blank", status: 0, html: "")
  /// By name, of one domain: tests look at one data centre's cookies at a time.
  private(set) var cookies: [(name: String, value: String, domain: String)] = []
  /// Every address visited.
  private(set) var visited: [String] = []

  init(_ world: ZohoWorld) { self.world = world }

  /// The cookies of somebody signed in; none for a browser that has seen the sign-in page only.
  var sessions: [(name: String, value: String, domain: String)] {
    cookies.filter { $0.name.hasPrefix("ucmsim_session") }
  }

  @discardableResult func open(_ address: String) -> WebPage { load(.get, address, body: "") }

  @discardableResult func follow(_ text: String) -> WebPage {
    guard let target = page.link(text) else { return page(missing: "link \(text)") }
    return open(absolute(target))
  }

  /// Fills in a form of the page and presses a button: the first unless another is named.
  @discardableResult func submit(
    _ id: String, _ values: [String: String?] = [:], button: String? = nil
  ) -> WebPage {
    guard var form = page.form(id) else { return page(missing: "form \(id) of \(page.formIDs)") }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) { form.set(name, value) }
    guard let pressed = form.buttons.first(where: { button == nil || $0.label == button }) else {
      return page(missing: "button \(button ?? "")")
    }
    if !pressed.name.isEmpty { form.set(pressed.name, pressed.value) }
    let pairs = PercentEncoding.form(form.values)
    guard form.isPost else { return open(absolute(form.action) + "?" + pairs) }
    return load(.post, absolute(form.action), body: pairs)
  }

  /// A request that no form of the page makes.
  @discardableResult func post(_ address: String, _ pairs: [(name: String, value: String)]) -> WebPage {
    load(.post, address, body: PercentEncoding.form(pairs))
  }

  @discardableResult func signIn(
    _ email: String, _ password: String, at host: String = "accounts.zoho.com"
  ) -> WebPage {
    open("https://\(host)/signin")
    return submit("signin", ["email": email, "password": password])
  }

  private func load(_ first: HTTPRequest.Method, _ start: String, body: String) -> WebPage {
    var (method, address, body) = (first, start, body)
    for _ in 0..<10 {
      visited.append(address)
      let fields = cookieField(for: address).map { [HTTPField.Name.cookie: $0] } ?? [:]
      let response = world.send(method, address, fields, body: body)
      keepCookies(of: response, from: address)
      page = WebPage(
        address: address, status: response.response.status.code, html: String(decoding: response.body, as: UTF8.self))
      guard let target = response.response.headerFields[.location] else { return page }
      (method, address, body) = (.get, absolute(target), "")
    }
    return page(missing: "end of the redirects")
  }

  private func page(missing what: String) -> WebPage {
    page = WebPage(address: page.address, status: -1, html: "no \(what) on:\n" + page.html)
    return page
  }

  private func absolute(_ target: String) -> String {
    guard target.hasPrefix("/") else { return target }
    return "https://" + page.address.dropFirst(8).prefix { $0 != "/" } + target
  }

  private func cookieField(for address: String) -> String? {
    let host = address.dropFirst(8).prefix { !"/?".contains($0) }
    let sent = cookies.filter { host == $0.domain || host.hasSuffix("." + $0.domain) }
    return sent.isEmpty ? nil : sent.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
  }

  private func keepCookies(of response: CloudResponse, from address: String) {
    for field in response.response.headerFields[values: .setCookie] {
      let parts = field.split(separator: ";").map { String($0).trimmed }
      let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let host = String(address.dropFirst(8).prefix { !"/?".contains($0) })
      let domain = parts.first { $0.hasPrefix("Domain=") }.map { String($0.dropFirst(7)) } ?? host
      // A browser takes no cookie for a domain its sender is not in.
      guard host == domain || host.hasSuffix("." + domain) else { continue }
      cookies.removeAll { $0.name == pair[0] && $0.domain == domain }
      if pair.count == 2, !pair[1].isEmpty { cookies.append((String(pair[0]), String(pair[1]), domain)) }
    }
  }
}

extension String {
  /// A parameter of an address's query or fragment.
  func parameter(_ name: String) -> String? {
    for part in self.split(whereSeparator: { "?#&".contains($0) }).dropFirst() {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if halves[0] == name { return halves.count == 2 ? PercentEncoding.decode(Array(halves[1].utf8)) : "" }
    }
    return nil
  }
}
