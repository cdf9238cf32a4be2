import Primitives

/// The texts of searches and queries. Of a caller's number only digits get into one, but for the vendor's manner, where
/// `literal` guards the query.
///
/// Two ways lead to a number. The search index (SOSL) answers for every table in one cheap request, but holds texts as
/// tokens, split at spaces and punctuation (documented): it has `+16175550142` in one piece and `(617) 555-0142` in
/// three. The stored texts (SOQL `LIKE` with a `%` between the digits) hold whatever was typed and know no delay, but
/// are read one by one where a pattern begins with `%`. So the index is asked first, with the number in each way it can
/// be held there, and the texts for whoever it does not know: the second finds all that the first does, and only
/// unknown callers cost it.
enum SalesforceQuery {
  /// What stands between the braces of `FIND {…}`: the digits of each spelling, and the form the user interface gives
  /// to North American numbers, `(617) 555-0142` (documented), as the phrase it is to the index.
  static func find(_ number: DialledNumber, _ plan: NumberPlan) -> String {
    var terms: [String] = []
    for spelling in plan.candidates(for: number) {
      let digits = String(decoding: spelling.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
      if digits.utf8.count > 1 { terms.append(digits) }
    }
    if let local = northAmerican(number.digits) {
      terms += [local, "\"\(local.prefix(3)) \(local.dropFirst(3).prefix(3)) \(local.suffix(4))\""]
    }
    var seen: Set<String> = []
    return terms.filter { seen.insert($0).inserted }.joined(separator: " OR ")
  }

  /// Ten digits, or eleven that begin with 1, which the user interface drops (documented).
  private static func northAmerican(_ digits: String) -> String? {
    switch digits.utf8.count {
    case 10 where digits.first != "0" && digits.first != "1": digits
    case 11 where digits.first == "1": String(digits.dropFirst())
    default: nil
    }
  }

  /// `%5%5%5%0%1%4%2%`: the fewest last digits by which numbers are compared, whatever stands between them, so that
  /// the stored number may be one with a country code, with an area code or with neither; nil for fewer, which half of
  /// the table has.
  static func pattern(_ digits: String) -> String? {
    let kept = digits.drop { $0 == "0" }.suffix(NumberPlan.shortestSuffix)
    guard kept.utf8.count == NumberPlan.shortestSuffix else { return nil }
    return "%" + kept.map { "\($0)%" }.joined()
  }

  static func search(_ terms: String, in tables: [CRMTable], limit: Int) -> String {
    let returned = tables.map { "\($0.salesforceObject)(\($0.salesforceFields) LIMIT \(limit))" }
    return "FIND {\(terms)} IN PHONE FIELDS RETURNING " + returned.joined(separator: ",")
  }

  static func texts(_ pattern: String, in table: CRMTable, limit: Int) -> String {
    let conditions = table.salesforcePhoneFields.map { "\($0) LIKE '\(pattern)'" }.joined(separator: " OR ")
    return "SELECT \(table.salesforceFields) FROM \(table.salesforceObject) WHERE \(conditions) LIMIT \(limit)"
  }

  /// Records made of late for this number, which the API keeps as it was written (reported by several).
  static func made(_ caller: NewCaller, pattern: String?, limit: Int) -> String {
    let like = pattern.map { " OR Phone LIKE '\($0)'" } ?? ""
    return "SELECT \(caller.table.salesforceFields) FROM \(caller.table.salesforceObject) WHERE Phone = "
      + "\(literal(caller.number))\(like) ORDER BY CreatedDate DESC LIMIT \(limit)"
  }

  /// Calls whose `CallObject` is this mark.
  static func calls(marked mark: String) -> String {
    "SELECT Id,CallObject FROM Task WHERE CallObject = \(literal(mark)) LIMIT 10"
  }

  /// In quotes, with what would end them or means something else behind a backslash (documented).
  static func literal(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars where scalar.value >= 32 && scalar.value != 127 {
      if scalar == "'" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "'"
  }
}
