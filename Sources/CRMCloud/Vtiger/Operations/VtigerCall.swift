import HTTPTypes

/// A request to `webservice.php` as PHP lays it out.
struct VtigerCall {
  let method: HTTPRequest.Method
  /// The query string's parameters, `$_GET`.
  let query: FormParameters
  /// The form body's parameters, `$_POST`.
  let form: FormParameters

  init(_ request: CloudRequest) {
    method = request.method
    query = request.query
    let contentType = request.headerFields[.contentType] ?? ""
    if let boundary = MultipartForm.boundary(of: contentType) {
      form = MultipartForm.parameters(request.body, boundary: boundary)
    } else if contentType.lowercased().hasPrefix("application/x-www-form-urlencoded") {
      form = request.form
    } else {
      form = FormParameters("")
    }
  }

  /// `$_REQUEST`: the form's value stands in front of the query string's.
  subscript(name: String) -> String? { form[name] ?? query[name] }

  /// In lower case, as the server looks for it.
  var operation: String { (self["operation"] ?? "").lowercased() }

  /// nil for none, and for `null` (from vTiger's source).
  var sessionName: String? { self["sessionName"].flatMap { $0.isEmpty || $0.lowercased() == "null" ? nil : $0 } }
}
