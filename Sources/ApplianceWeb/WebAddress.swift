import CloudPages

/// Addresses of the web interface.
enum WebAddress: Hashable {
  case root, signIn, signOut, style, script, icon
  case dashboard, extensions, calls, cdr, cdrExport, events, crm, applyChanges, requests, clock
  case request(Int)
  case portal, portalCRM

  /// nil for any other path.
  init?(_ path: String) {
    if let known = Self.known[path] {
      self = known
      return
    }
    let prefix = "/requests/"
    guard path.hasPrefix(prefix), path.utf8.count < prefix.utf8.count + 12,
      let number = Int(path.dropFirst(prefix.count)), number > 0
    else { return nil }
    self = .request(number)
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
    case .signIn, .signOut, .crm, .applyChanges, .clock, .portalCRM: true
    case .root, .style, .script, .icon, .dashboard, .extensions, .calls, .cdr, .cdrExport, .events, .requests, .request,
      .portal:
      false
    }
  }
}
