/// One page of a CRM's web interface as a value: what it says, not how it looks.
///
/// ```swift
/// Page(product: "Zoho Accounts", title: "Sign in", blocks: [.form(form)]).html()
/// ```
///
/// Every text is shown as text: markup in it is inert. Pages need no script and load nothing from elsewhere but the
/// style sheet at `PageStyle.path` and the page's own script of the same host.
public struct Page: Hashable, Sendable {
  /// The part of the CRM the page belongs to, in its header and window title.
  public var product: String
  /// The page's one heading of the first level.
  public var title: String
  /// Who is signed in, and where to sign out; nil for nobody.
  public var session: Session?
  /// The product's own pages, in the header.
  public var navigation: [PageLink]
  /// Whose data the page shows, and where to change that; nil for a product that has no such thing.
  public var workspace: PageLink?
  /// The pages above this one, outermost first.
  public var breadcrumbs: [PageLink]
  /// Said before everything else.
  public var notices: [PageNotice]
  /// In order.
  public var blocks: [PageBlock]
  /// A script of the same host that makes the page more comfortable; it says all without it. nil for none.
  public var script: String?
  /// Loaded anew so often where no script runs; nil for never.
  public var refreshSeconds: Int?
  /// The last line, about what all of this is.
  public var footer = "A simulation on this machine, not affiliated with Zoho. Nothing leaves it."

  /// Who is signed in.
  public struct Session: Hashable, Sendable {
    /// Name or address shown.
    public var name: String
    /// Leads to signing out; a form posts to it.
    public var signOutAction: String
    /// Proof that the form is the page's own, sent back as `csrf`.
    public var token: String

    /// Takes all as they are.
    public init(name: String, signOutAction: String, token: String) {
      self.name = name
      self.signOutAction = signOutAction
      self.token = token
    }
  }

  /// A page with its parts in the order shown.
  public init(
    product: String, title: String, session: Session? = nil, navigation: [PageLink] = [], workspace: PageLink? = nil,
    breadcrumbs: [PageLink] = [], notices: [PageNotice] = [], blocks: [PageBlock] = []
  ) {
    self.product = product
    self.title = title
    self.session = session
    self.navigation = navigation
    self.workspace = workspace
    self.breadcrumbs = breadcrumbs
    self.notices = notices
    self.blocks = blocks
  }

  /// The document in UTF-8; the same page gives the same bytes.
  public func html() -> [UInt8] {
    Array(PageTemplates.render(context).utf8)
  }

  /// Blocks alone, for a page that is there already.
  public static func fragment(_ blocks: [PageBlock]) -> [UInt8] {
    Array(PageTemplates.render(["blocks": blocks.map(\.context)], template: "blocks").utf8)
  }
}

/// A link with its text.
public struct PageLink: Hashable, Sendable {
  /// What it says; names its target, for those who hear it without its surroundings.
  public var text: String
  /// An address or a path; the caller's to make sure that it is no `javascript:`.
  public var target: String
  /// Whether it leads to the page that shows it.
  public var isCurrent: Bool

  /// Takes all as they are.
  public init(_ text: String, _ target: String, isCurrent: Bool = false) {
    self.text = text
    self.target = target
    self.isCurrent = isCurrent
  }
}

/// Something the page has to say about what was just done.
public struct PageNotice: Hashable, Sendable {
  /// How it is meant; read out accordingly.
  public enum Kind: String, Hashable, Sendable, CaseIterable { case success, error, information }
  /// How it is meant.
  public var kind: Kind
  /// One or two sentences.
  public var text: String

  /// Takes both as they are.
  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
