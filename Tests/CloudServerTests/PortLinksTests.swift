import CRMCloud
import HTTPTypes
import Testing

@testable import CloudServer

struct PortLinksTests {
  private let links = PortLinks([
    ListenAddress(host: "127.0.0.1", port: 8443, isSecure: true),
    ListenAddress(
      host: "127.0.0.1", port: 9000, isSecure: true, virtualHost: VirtualHost(name: "accounts.zoho.com", purpose: "")),
    ListenAddress(
      host: "127.0.0.1", port: 9001, isSecure: true, virtualHost: VirtualHost(name: "crm.zoho.com", purpose: "")),
  ])

  private func led(_ fields: HTTPFields, _ body: String = "") throws -> (fields: HTTPFields, body: String) {
    let answer = CloudResponse(
      response: HTTPResponse(status: .ok, headerFields: fields), body: Array(body.utf8))
    let led = try #require(links).leading(answer, reachedAs: "localhost")
    return (led.response.headerFields, String(decoding: led.body, as: UTF8.self))
  }

  @Test(arguments: [
    ("https://accounts.zoho.com/signin?a=b", "https://localhost:9000/signin?a=b"),
    ("https://crm.zoho.com", "https://localhost:9001"), ("https://crm.zoho.com?x", "https://localhost:9001?x"),
    ("https://192.168.0.46:8089/?code=1", "https://192.168.0.46:8089/?code=1"), ("/home", "/home"), ("", ""),
    ("https://crm.zoho.com.evil.example/", "https://crm.zoho.com.evil.example/"),
    ("https://evil.example/https://crm.zoho.com/", "https://evil.example/https://crm.zoho.com/"),
    ("http://crm.zoho.com/", "http://crm.zoho.com/"), ("https://crm.zoho.com:8443/", "https://crm.zoho.com:8443/"),
  ])
  func aRedirectToAHostLeadsToItsPort(location: String, expected: String) throws {
    #expect(try led([.location: location]).fields[.location] == expected)
  }

  @Test func linksAndFormsLeadToPortsAndTextStaysToBeCopied() throws {
    let page =
      #"<a href="https://crm.zoho.com/x">y</a><form action="https://accounts.zoho.com/z"><p>https://crm.zoho.com/"#
    let led = try led([.contentType: "text/html;charset=UTF-8"], page)
    #expect(
      led.body
        == #"<a href="https://localhost:9001/x">y</a><form action="https://localhost:9000/z"><p>https://crm.zoho.com/"#)
  }

  @Test func whatIsNoPageIsLeftAsItIs() throws {
    let text = #"{"href":"href=\"https://crm.zoho.com/\""}"#
    #expect(try led([.contentType: "application/json"], text).body == text)
  }

  @Test func cookiesOfADomainHoldForThisHostAndItsPorts() throws {
    var fields = HTTPFields()
    fields.append(HTTPField(name: .setCookie, value: "a=1; Domain=zoho.com; Path=/; Secure"))
    fields.append(HTTPField(name: .setCookie, value: "b=2; Path=/"))
    #expect(try led(fields).fields[values: .setCookie] == ["a=1; Path=/; Secure", "b=2; Path=/"])
  }

  @Test func withoutPortsOfHostsThereIsNothingToLeadTo() {
    #expect(PortLinks([ListenAddress(host: "::1", port: 1, isSecure: true)]) == nil)
  }
}
