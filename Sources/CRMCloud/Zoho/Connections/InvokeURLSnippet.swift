/// What a connection's page gives to copy into a function (documented layout).
enum InvokeURLSnippet {
  static func text(link: String) -> String {
    """
    response = invokeurl
    [
      url :"https://"
      type :GET
      parameters:{"name":"value"}
      connection:"\(link)"
    ];
    """
  }
}
