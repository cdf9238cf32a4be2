import CloudPages

/// Addresses of the web interface.
enum WebAddress: Hashable {
  case root, signIn, signOut, style, script, icon
  case dashboard, extensions, calls, cdr, cdrExport, events, crm, applyChanges, requests, clock, models
  case request(Int)
  /// The same once more.
  case again(Int)
  /// One call of the list, and its picture.
  case call(Int64), callPicture(Int64)
  /// What an extension's phone shows, and the changing part of that.
  case phone(String), phonePanel(String)
  case portal, portalCRM, portalPhone, portalPhonePanel, popUp, popUpPanel

  /// nil for any other path.
  init?(_ path: String) {
    if let known = Self.known[path] {
      self = known
      return
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard let first = parts.first, let second = parts.dropFirst().first else { return nil }
    switch (first, parts.count, parts.last) {
    case ("requests", 3, "again"): self.init(number: second) { .again(Int($0)) }
    case ("requests", 2, _): self.init(number: second) { .request(Int($0)) }
    case ("cdr", 2, _) where second.hasSuffix(".svg"): self.init(number: second.dropLast(4)) { .callPicture($0) }
    case ("cdr", 2, _): self.init(number: second) { .call($0) }
    case ("phone", 2, _) where Self.isExtension(second): self = .phone(String(second))
    case ("phone", 3, "panel") where Self.isExtension(second): self = .phonePanel(String(second))
    default: return nil
    }
  }

  private init?(number text: Substring, _ make: (Int64) -> WebAddress) {
    guard (1...12).contains(text.utf8.count), let number = Int64(text), number > 0 else { return nil }
    self = make(number)
  }

  /// What stands in a path as it is, and is short.
  private static func isExtension(_ text: Substring) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }
  }

  private static let known: [String: WebAddress] = [
    "/": .root, "/signin": .signIn, "/signout": .signOut, PageStyle.path: .style, WebScript.path: .script,
    "/favicon.ico": .icon,
    "/dashboard": .dashboard, "/extensions": .extensions, "/calls": .calls, "/cdr": .cdr, "/cdr.csv": .cdrExport,
    "/events": .events, "/crm": .crm, "/apply": .applyChanges, "/requests": .requests, "/clock": .clock,
    "/models": .models,
    "/portal": .portal, "/portal/crm": .portalCRM, "/portal/phone": .portalPhone,
    "/portal/phone/panel": .portalPhonePanel, "/popup": .popUp, "/popup/panel": .popUpPanel,
  ]

  /// Asked for by a page again and again, and nobody's doing.
  var isPolled: Bool {
    switch self {
    case .phonePanel, .portalPhonePanel, .popUpPanel: true
    case .root, .signIn, .signOut, .style, .script, .icon, .dashboard, .extensions, .calls, .cdr, .cdrExport, .events,
      .crm, .applyChanges, .requests, .clock, .models, .request, .again, .call, .callPicture, .phone, .portal,
      .portalCRM, .portalPhone, .popUp:
      false
    }
  }

  /// Whether something can be sent there.
  var takesForms: Bool {
    switch self {
    case .signIn, .signOut, .crm, .applyChanges, .clock, .portalCRM, .again, .models: true
    case .root, .style, .script, .icon, .dashboard, .extensions, .calls, .cdr, .cdrExport, .events, .requests, .request,
      .portal, .call, .callPicture, .phone, .phonePanel, .portalPhone, .portalPhonePanel, .popUp, .popUpPanel:
      false
    }
  }
}
