import FoundationEssentials
import HTTPTypes
import Primitives

/// The parameters of a request to the token endpoint, wherever a client puts them.
///
/// Query, form, `multipart/form-data` and, for the client's credentials, HTTP Basic (documented, multipart observed).
/// Where one stands twice the first counts, in that order (assumed).
struct TokenRequestParameters {
  private let parameters: FormParameters
  private let basic: (client: String, secret: String)?

  init(_ request: CloudRequest) {
    let type = request.headerFields[.contentType] ?? ""
    let body = MultipartForm.boundary(of: type).map { MultipartForm.parameters(request.body, boundary: $0) }
    parameters = request.query.followed(by: body ?? request.form)
    basic = Self.credentials(request.headerFields[.authorization] ?? "")
  }

  subscript(name: String) -> String? {
    switch name {
    case "client_id": parameters[name] ?? basic?.client
    case "client_secret": parameters[name] ?? basic?.secret
    default: parameters[name]
    }
  }

  var basicClient: String? { basic?.client }

  /// RFC 7617 section 2; any other scheme says nothing here (observed: a `Zoho-oauthtoken` field is ignored).
  private static func credentials(_ field: String) -> (client: String, secret: String)? {
    let words = field.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].lowercased() == "basic", let data = Data(base64Encoded: String(words[1])) else {
      return nil
    }
    let halves = String(decoding: data, as: UTF8.self).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    return halves.count == 2 ? (String(halves[0]), String(halves[1])) : nil
  }
}
