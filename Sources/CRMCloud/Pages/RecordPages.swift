import CloudPages
import HTTPTypes
import Primitives

/// The web interface of a CRM of which only records' pages are here: what a phone's button or a pop-up opens.
///
/// The addresses are those of the vendor's softphone add-ins (observed); what stands on the pages is ours. Who asks
/// signs in with each request (RFC 7617), in place of the CRM's own sign-in page and its cookie: a browser asks for
/// name and password once, and nothing is kept of it here.
struct RecordPages {
  /// As people call the CRM.
  let product: String

  /// The one kind of request that records' pages take, from somebody who may see them.
  /// - Parameters:
  ///   - isLetIn: whether the request's `basicCredentials` are those of a user.
  ///   - sheet: the record at the request's address; nil where there is none.
  func answer(_ request: CloudRequest, isLetIn: Bool, sheet: () -> RecordSheet?) -> CloudResponse {
    guard request.method == .get else { return refusal(405, "This address takes no such request.") }
    guard isLetIn else { return signInFirst }
    guard let sheet = sheet() else {
      return refusal(404, "The record is not there: it was deleted, or the address is that of no record.")
    }
    return page(sheet.title, sheet.blocks)
  }

  func page(
    _ title: String, notices: [PageNotice] = [], status: Int = 200, script: String? = nil, _ blocks: [PageBlock]
  ) -> CloudResponse {
    var page = Page(product: product, title: title, notices: notices, blocks: blocks)
    page.footer = "A simulation on this machine, not affiliated with \(product). Nothing leaves it."
    page.script = script
    return .page(page, status: status)
  }

  private func refusal(_ status: Int, _ reason: String) -> CloudResponse {
    page("That did not work", notices: [PageNotice(.error, reason)], status: status, [])
  }

  private var signInFirst: CloudResponse {
    var answer = refusal(401, "Sign in as a user of this CRM.")
    answer.response.headerFields[.wwwAuthenticate] = "Basic realm=\"\(product)\", charset=\"UTF-8\""
    return answer
  }
}

extension CloudRequest {
  /// Who asks, by the request's own words; nil where it has none that can be read.
  var basicCredentials: (user: String, password: String)? {
    headerFields[.authorization].flatMap(BasicCredentials.read)
  }

  /// The style sheet that every page names; nil for another request.
  var styleSheet: CloudResponse? {
    guard path == PageStyle.path, method == .get else { return nil }
    return .typed(200, "text/css;charset=UTF-8", Array(PageStyle.text.utf8))
  }
}
