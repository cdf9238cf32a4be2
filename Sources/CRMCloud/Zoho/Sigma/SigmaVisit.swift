import CloudPages
import HTTPTypes
import Primitives

/// A developer on the platform, and where.
struct SigmaVisit {
  static let product = "Zoho Sigma"

  let visitor: ZohoVisitor
  let parts: [String]

  func page(_ title: String, notices: [PageNotice] = [], status: Int = 200, _ blocks: [PageBlock]) -> CloudResponse {
    visitor.page(product: Self.product, title: title, notices: notices, status: status, blocks)
  }

  func refusal(_ status: Int, _ reason: String) -> CloudResponse {
    visitor.refusal(status, product: Self.product, reason)
  }

  var notFound: CloudResponse { refusal(404, "There is no such page.") }

  func form(
    _ id: String, _ path: String, hidden: [PageForm.Hidden] = [], fields: [PageField] = [], _ button: String
  ) -> PageBlock {
    .form(
      PageForm(id: id, action: path, hidden: [visitor.proof] + hidden, fields: fields, buttons: [PageButton(button)]))
  }

  /// Where consents for a connector end (generated for it; the form of the address is assumed).
  func redirectURL(of connector: ZohoConnector) -> String {
    "https://\(visitor.hosts.sigma)\(connector.path)/callback"
  }
}

extension ZohoConnector {
  var path: String { "/connectors/" + id }

  func path(of api: API) -> String { path + "/apis/" + api.link }
}
