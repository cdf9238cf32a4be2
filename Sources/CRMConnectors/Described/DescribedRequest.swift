import HTTPTypes

/// A request of a description, before it is filled in.
public struct DescribedRequest: Hashable, Sendable {
  /// What follows the header fields.
  public enum Body: Hashable, Sendable {
    case none
    case json(DescribedValue)
    /// `application/x-www-form-urlencoded`.
    case form([DescribedValue.Member])
  }

  /// The methods that APIs of this kind use.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
  }

  /// How it is asked.
  public var method: Method
  /// Where it goes instead of the CRM's server, as a login may.
  public var address: DescribedTemplate?
  /// Below the server's address, starting with `/`; what is filled in is one part of it.
  public var path: DescribedTemplate
  /// Parameters behind the path.
  public var query: [DescribedValue.Member] = []
  /// Header fields besides the content type, which the body gives.
  public var headers: [DescribedValue.Member] = []
  /// What follows the header fields.
  public var body = Body.none

  /// A request without query, header fields and body.
  public init(method: Method, path: DescribedTemplate) {
    self.method = method
    self.path = path
  }

  /// Every variable in it.
  public var variables: [DescribedVariable] {
    let inBody: [DescribedVariable] =
      switch body {
      case .none: []
      case .json(let value): value.variables
      case .form(let members): members.flatMap(\.value.variables)
      }
    return path.variables + (query + headers).flatMap(\.value.variables) + inBody
  }

  /// Whether HTTP has a header field of this name (RFC 9110 section 5.1).
  public static func isHeaderName(_ name: String) -> Bool { HTTPField.Name(name) != nil }
}

extension DescribedRequest.Method {
  var value: HTTPRequest.Method {
    switch self {
    case .get: .get
    case .post: .post
    case .put: .put
    case .patch: .patch
    }
  }
}
