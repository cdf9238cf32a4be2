import CRMCloud
import Primitives

extension ZohoDataReader {
  /// - Parameter firstDataCentre: of the first organisation, where clients are registered that name none.
  func client(_ entry: Entry, userIDs: Set<String>, firstDataCentre: String?) -> ZohoCloudData.Client? {
    let keys = ["id", "secret", "name", "kind", "redirectURIs", "dataCentre", "otherDataCentres", "refreshTokens"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let id = mapping.required("id").flatMap { credentials.claim($0.secret(maxLength: 256), as: "client id", at: $0) }
    let secret = mapping.required("secret")?.secret()
    var client = ZohoCloudData.Client(id: id ?? "", secret: Secret(secret ?? ""))
    client.name = mapping["name"]?.text() ?? client.name
    client.kind = mapping["kind"]?.choice() ?? client.kind
    client.redirectURIs = mapping.list("redirectURIs").compactMap { $0.redirectURI() }
    client.dataCentre = mapping["dataCentre"]?.choice(among: Self.dataCentres)
    client.otherDataCentres =
      mapping["otherDataCentres"].map {
        secrets($0, home: client.dataCentre ?? firstDataCentre)
      } ?? [:]
    client.refreshTokens = (mapping["refreshTokens"]?.list(max: ZohoCloud.maximumRefreshTokensPerClient) ?? [])
      .compactMap { refreshToken($0, userIDs: userIDs) }
    return id == nil || secret == nil ? nil : client
  }

  private func secrets(_ entry: Entry, home: String?) -> [String: Secret] {
    var result: [String: Secret] = [:]
    for item in entry.dictionary(of: "data centres and the client's secrets there") {
      guard let location = item.keyEntry.choice(among: Self.dataCentres) else { continue }
      if location == home {
        item.keyEntry.report(
          "the client is registered in `\(location)`, whose secret stands in `secret`",
          remedy: "leave it out here, or write another `dataCentre`")
      }
      result[location] = item.value.secret().map { Secret($0) }
    }
    return result
  }

  private func refreshToken(_ entry: Entry, userIDs: Set<String>) -> ZohoCloudData.RefreshToken? {
    guard let mapping = entry.mapping(keys: ["token", "scopes", "userID"]) else { return nil }
    let token = mapping.required("token").flatMap { credentials.claim($0.secret(), as: "refresh token", at: $0) }
    let scopes = mapping.required("scopes")
    if let scopes, scopes.isEmptyList {
      scopes.report("a token without a scope opens nothing", remedy: "list what was granted, as ZohoCRM.modules.ALL")
    }
    let granted = scopes?.list().compactMap { scope in
      scope.parsed(as: "a scope", remedy: "write it as ZohoCRM.modules.ALL", Self.scope)
    }
    let userID = mapping["userID"]?.recordID()
    if let userID, !userIDs.contains(userID) {
      mapping["userID"]?.report("there is no user with the id \(userID)", remedy: "write the `id` of one of `users`")
    }
    guard let token, let granted else { return nil }
    return ZohoCloudData.RefreshToken(token: Secret(token), scopes: granted, userID: userID)
  }

  /// Words of letters and digits with dots between them.
  private static func scope(_ text: String) -> String? {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    let areWords = words.allSatisfy {
      !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
    return areWords && words.count >= 2 ? text : nil
  }
}

extension Entry {
  /// What the API console takes (documented: it must begin with http:// or https://; private addresses pass).
  fileprivate func redirectURI() -> String? {
    guard let text = text(maxLength: 1024) else { return nil }
    let host = ["http://", "https://"].first(where: text.lowercased().hasPrefix).map { text.dropFirst($0.count) }
    guard let first = host?.first, first != "/", !text.contains(where: { $0.isWhitespace || $0 == "#" }) else {
      // Not echoed: an address can hold a password or a code.
      report("this is not a redirect URI", remedy: "write http:// or https:// and the host, as https://192.0.2.1:8089/")
      return nil
    }
    return text
  }
}
