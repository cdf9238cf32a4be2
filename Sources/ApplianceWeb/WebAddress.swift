import CloudPages

/// Addresses of the web interface.
enum WebAddress: Hashable {
  case root, signIn, signOut, style, script, icon
  case dashboard, extensions, calls, cdr, cdrExport, events, crm, applyChanges, requests, clock
  case request(Int)
  /// The same once more.
  case again(Int)
  case portal, portalCRM

  /// nil for any other path.
  init?(_ path: String) {
    if let known = Self.known[path] {
      self = known
      return
    }
    let prefix = "/requests/"
    let parts = path.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
    guard path.hasPrefix(prefix), let digits = parts.first, digits.utf8.count < 12,
      digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits), number > 0
    else { return nil }
    if parts.count == 1 {
      self = .request(number)
    } else if parts.count == 2, parts[1] == "again" {
      self = .again(number)
    } else {
      return nil
    }
  }

  private static let known: [String: WebAddress] = [
    "/": .root, "/signin": .signIn, "/signout": .signOut, PageStyle.path: .style, WebScript.path: .script,
    "/favicon.ico": .icon,
    "/dashboard": .dashboard, "/extensions": .extensions, "/calls": .calls, "/cdr": .cdr, "/cdr.csv": .cdrExport,
    "/events": .events, "/crm": .crm, "/apply": .applyChanges, "/requests": .requests, "/clock": .clock,
    "/portal": .portal, "/portal/crm": .portalCRM,
  ]

  /// Whether something can be sent there.
  var takesForms: Bool {
    switch self {
    case .signIn, .signOut, .crm, .applyChanges, .clock, .portalCRM, .again: true
    case .root, .style, .script, .icon, .dashboard, .extensions, .calls, .cdr, .cdrExport, .events, .requests, .request,
      .portal:
      false
    }
  }
}
