import Primitives

/// Texts of vTiger's query language. Whatever a caller showed gets in as digits or in quotes.
enum VtigerQuery {
  /// Records of a table that may hold the number with these last digits; the server compares raw text (measured), so
  /// the digits are looked for one by one, with anything in between, and the hits' numbers are verified afterwards.
  ///
  /// Terms are joined by `or` alone: there are no parentheses, and `and` binds no tighter (measured).
  static func records(holding digits: String, in table: CRMTable, limit: Int) -> String {
    let digits = digits.filter { $0.isASCII && $0.isNumber }
    // Few digits in any place stand in nearly every number; a short one is asked for as it is.
    let isShort = digits.utf8.count < NumberPlan.shortestSuffix
    let condition = isShort ? "= '\(digits)'" : "like '%\(digits.map(String.init).joined(separator: "%"))%'"
    return select(from: table, where: table.vtigerPhoneFields.map { "\($0) \(condition)" }, limit: limit)
  }

  /// Records of a table whose main number reads like this.
  static func records(spelt number: String, in table: CRMTable, limit: Int) -> String {
    select(from: table, where: ["phone = \(quoted(number))"], limit: limit)
  }

  /// What the vendor's softphone add-in asks: the caller as it shows itself, without quotes (observed).
  static func addIn(_ caller: String, in table: CRMTable) -> String {
    let terms = table.vtigerAddInFields.map { "\($0) = \(caller)" }
    return "SELECT * FROM \(table.vtigerModule) WHERE \(terms.joined(separator: " OR "));"
  }

  /// Calls of `module` with the text somewhere in `field`.
  static func calls(in module: String, with text: String, in field: String) -> String {
    "select \(field) from \(module) where \(field) like '%\(escaped(text))%' limit 10;"
  }

  private static func select(from table: CRMTable, where terms: [String], limit: Int) -> String {
    let fields = (table.vtigerNameFields + table.vtigerPhoneFields).joined(separator: ",")
    return "select \(fields) from \(table.vtigerModule) where \(terms.joined(separator: " or "))"
      + " limit \(max(1, limit));"
  }

  /// In single quotes, those inside doubled; the empty text is none of the language (measured).
  private static func quoted(_ text: String) -> String { "'\(escaped(text))'" }

  private static func escaped(_ text: String) -> String {
    text.map { $0 == "'" ? "''" : String($0) }.joined()
  }
}
