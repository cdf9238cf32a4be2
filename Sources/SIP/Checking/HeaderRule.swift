/// Headers a strict reading looks into.
enum HeaderRule: Int, CaseIterable {
  case via, from, to, callID, cseq, contact, maxForwards, contentLength, contentType, expires, minExpires
  case route, recordRoute, assertedIdentity, preferredIdentity, remotePartyID, diversion, historyInfo
  case referTo, referredBy, replaces, date, warning, retryAfter, sessionExpires, require, proxyRequire
  case authorization, proxyAuthorization, wwwAuthenticate, proxyAuthenticate, accept, subject, userAgent, server
  case event, reason, mimeVersion, contentDisposition

  static let mandatory: [HeaderRule] = [.via, .from, .to, .callID, .cseq]

  init?(_ name: SIPText) {
    guard let rule = Self.allCases.first(where: { $0.name.matches(name) }) else { return nil }
    self = rule
  }

  var title: String { name.name.description }

  var name: HeaderName {
    switch self {
    case .via: .via
    case .from: .from
    case .to: .to
    case .callID: .callID
    case .cseq: .cseq
    case .contact: .contact
    case .maxForwards: .maxForwards
    case .contentLength: .contentLength
    case .contentType: .contentType
    case .expires: .expires
    case .minExpires: .minExpires
    case .route: .route
    case .recordRoute: .recordRoute
    case .assertedIdentity: .pAssertedIdentity
    case .preferredIdentity: .pPreferredIdentity
    case .remotePartyID: .remotePartyID
    case .diversion: .diversion
    case .historyInfo: .historyInfo
    case .referTo: .referTo
    case .referredBy: .referredBy
    case .replaces: .replaces
    case .date: .date
    case .warning: .warning
    case .retryAfter: .retryAfter
    case .sessionExpires: .sessionExpires
    case .require: .require
    case .proxyRequire: .proxyRequire
    case .authorization: .authorization
    case .proxyAuthorization: .proxyAuthorization
    case .wwwAuthenticate: .wwwAuthenticate
    case .proxyAuthenticate: .proxyAuthenticate
    case .accept: .accept
    case .subject: .subject
    case .userAgent: .userAgent
    case .server: .server
    case .event: .event
    case .reason: .reason
    case .mimeVersion: .mimeVersion
    case .contentDisposition: .contentDisposition
    }
  }

  /// Whether it may stand on several lines (RFC 3261 section 7.3.1).
  var mayRepeat: Bool {
    switch self {
    case .via, .contact, .route, .recordRoute, .assertedIdentity, .preferredIdentity, .remotePartyID, .diversion,
      .historyInfo, .warning, .require, .proxyRequire, .authorization, .proxyAuthorization, .wwwAuthenticate,
      .proxyAuthenticate, .accept, .reason:
      true
    case .from, .to, .callID, .cseq, .maxForwards, .contentLength, .contentType, .expires, .minExpires, .referTo,
      .referredBy, .replaces, .date, .retryAfter, .sessionExpires, .subject, .userAgent, .server, .event, .mimeVersion,
      .contentDisposition:
      false
    }
  }
}
