import CloudPages
import Primitives

/// What all pages have in common.
enum WebPages {
  static let product = "UCM"

  static func page(
    _ title: String, session: Page.Session? = nil, navigation: [PageLink] = [], notices: [PageNotice] = [],
    blocks: [PageBlock]
  ) -> Page {
    var page = Page(
      product: product, title: title, session: session, navigation: navigation, notices: notices, blocks: blocks)
    page.footer = "A simulation on this machine, not affiliated with Grandstream. Nothing leaves it."
    page.script = WebScript.path
    return page
  }

  /// A number with its unit's word, `1 leg`, `3 legs`.
  static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}
