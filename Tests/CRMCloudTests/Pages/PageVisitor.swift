import CRMCloud
import Foundation
import HTTPTypes
import Primitives

/// Somebody in front of a browser that signs in by itself where it is asked to.
struct PageVisitor {
  /// nil for one who does not sign in.
  var name: String?
  var password = ""

  /// What comes of an address typed in, after the redirect it may lead to.
  func open(
    _ address: String, _ method: HTTPRequest.Method = .get, in cloud: inout some Cloud,
    at now: Instant = Instant(seconds: 1_800_000_000)
  ) -> WebPage {
    let answer = send(address, method, to: &cloud, at: now)
    if let target = answer.response.headerFields[.location] { return open(target, method, in: &cloud, at: now) }
    return WebPage(
      address: address, status: answer.response.status.code, html: String(decoding: answer.body, as: UTF8.self))
  }

  func send(
    _ address: String, _ method: HTTPRequest.Method = .get, to cloud: inout some Cloud,
    at now: Instant = Instant(seconds: 1_800_000_000)
  ) -> CloudResponse {
    let rest = address.dropFirst("https://".count)
    let host = rest.prefix { $0 != "/" }
    // What comes after # stays in the browser.
    let path = rest.dropFirst(host.count).prefix { $0 != "#" }
    var request = HTTPRequest(method: method, scheme: "https", authority: String(host), path: String(path))
    if let name {
      request.headerFields[.authorization] = "Basic " + Data("\(name):\(password)".utf8).base64EncodedString()
    }
    return cloud.respond(to: request, body: [], at: now)
  }
}
