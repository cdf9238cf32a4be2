import CloudPages
import HTTPTypes
import Primitives

/// Who looks at a page of the consoles, of the developers' parts and of Desk, and how such pages are framed for them.
struct ZohoVisitor {
  /// The cookie's value: which browser it is.
  let cookie: String
  let session: ZohoBrowserSessions.Session
  let person: ZohoPerson
  let hosts: ZohoHosts
  /// Place of the data centre.
  let centre: Int
  /// Links of the page's header.
  var navigation: [PageLink] = []

  /// Sent with every form.
  var proof: PageForm.Hidden { PageForm.Hidden("csrf", session.formToken) }

  func page(
    product: String, title: String, notices: [PageNotice] = [], status: Int = 200, _ blocks: [PageBlock]
  ) -> CloudResponse {
    let session = Page.Session(
      name: person.fullName, signOutAction: hosts.signOutAddress, token: session.formToken)
    return .page(
      Page(
        product: product, title: title, session: session, navigation: navigation, notices: notices, blocks: blocks),
      status: status)
  }

  /// A page that says why not.
  func refusal(_ status: Int, product: String, _ reason: String) -> CloudResponse {
    page(product: product, title: "That did not work", notices: [PageNotice(.error, reason)], status: status, [])
  }
}

extension ZohoCloud {
  /// nil where nobody is signed in.
  func visitor(_ request: CloudRequest, at centre: Int) -> ZohoVisitor? {
    guard let (cookie, session, person) = signedIn(request, at: centre),
      let hosts = ZohoHosts.at(centres[centre].location)
    else { return nil }
    return ZohoVisitor(cookie: cookie, session: session, person: person, hosts: hosts, centre: centre)
  }
}
