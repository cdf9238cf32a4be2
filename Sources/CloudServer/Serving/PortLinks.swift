import CRMCloud
import HTTPTypes

/// The ports that stand for virtual hosts, and what that means for an answer: where it leads to a virtual host it has
/// to lead to that port, or the browser would leave this machine for the real host.
struct PortLinks: Sendable {
  private let ports: [String: Int]
  private let scheme: String

  /// nil where no address stands for a host.
  init?(_ addresses: [ListenAddress]) {
    var ports: [String: Int] = [:]
    for address in addresses {
      if let host = address.virtualHost?.name { ports[host] = address.port }
    }
    guard !ports.isEmpty else { return nil }
    self.ports = ports
    scheme = addresses.allSatisfy(\.isSecure) ? "https" : "http"
  }

  /// The answer for a client that reached the server as `host` (no port).
  ///
  /// Redirects, links and forms are led to the ports; text that only names an address is left as it is, because it is
  /// there to be copied. Cookies hold for every port of the host, so what they say of a domain goes.
  func leading(_ answer: CloudResponse, reachedAs host: String) -> CloudResponse {
    var response = answer.response
    if let location = response.headerFields[.location] {
      response.headerFields[.location] = led(location, reachedAs: host)
    }
    response.headerFields[values: .setCookie] = response.headerFields[values: .setCookie].map {
      $0.replacing(/; Domain=[^;]*/, with: "")
    }
    guard response.headerFields[.contentType]?.hasPrefix("text/html") ?? false else {
      return CloudResponse(response: response, body: answer.body)
    }
    let page = String(decoding: answer.body, as: UTF8.self)
    let text = page.replacing(/(href|action)="(https:\/\/[a-z0-9.\-]+)/) { match in
      "\(match.output.1)=\"" + led(String(match.output.2), reachedAs: host)
    }
    return CloudResponse(response: response, body: Array(text.utf8))
  }

  /// The same address with the host's port in place of a virtual host; any other is left alone.
  private func led(_ address: String, reachedAs host: String) -> String {
    let prefix = "https://"
    guard address.hasPrefix(prefix) else { return address }
    let name = address.dropFirst(prefix.count).prefix { !"/?#".contains($0) }
    guard let port = ports[String(name)] else { return address }
    return "\(scheme)://\(host):\(port)" + address.dropFirst(prefix.count + name.count)
  }
}
