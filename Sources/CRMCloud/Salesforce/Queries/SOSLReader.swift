import Primitives

/// Reads SOSL: `FIND {…} IN … FIELDS RETURNING Contact(Id,Name WHERE … LIMIT …),Lead LIMIT …` (documented).
enum SOSLReader {
  static func read(_ text: String, isSloppy: Bool) throws(SalesforceAPIError) -> SOSLSearch {
    let trimmed = text.drop { $0 == " " || $0 == "\n" }
    guard trimmed.prefix(4).uppercased() == "FIND", let open = trimmed.firstIndex(of: "{"),
      trimmed[..<open].dropFirst(4).allSatisfy({ $0 == " " }), let close = end(of: trimmed[open...].dropFirst())
    else { throw .malformedSearch("a search begins with FIND {…}") }
    let term = try SearchTermReader.read(String(trimmed[open..<close].dropFirst()), isSloppy: isSloppy)
    var rest = words(trimmed[close...].dropFirst())
    var group = SOSLSearch.Group.all
    if rest.first?.uppercased() == "IN" {
      guard rest.count > 2, let named = SOSLSearch.Group(rawValue: rest[1].uppercased()),
        rest[2].uppercased() == "FIELDS"
      else { throw .malformedSearch("unknown group of fields") }
      group = named
      rest = Array(rest.dropFirst(3))
    }
    var returning: [SOSLSearch.Returning] = []
    if rest.first?.uppercased() == "RETURNING" {
      rest.removeFirst()
      repeat {
        returning.append(try object(&rest, isSloppy: isSloppy))
      } while takeComma(&rest)
    } else {
      returning = SalesforceObject.allCases.map { .init(object: $0) }
    }
    // At most 2,000 (documented).
    var limit = 2000
    if rest.first?.uppercased() == "LIMIT" {
      guard rest.count > 1, let number = number(rest[1]) else { throw .malformedSearch("LIMIT takes a number") }
      limit = min(limit, number)
      rest = Array(rest.dropFirst(2))
    }
    guard rest.isEmpty else { throw .malformedSearch("unexpected token behind the search") }
    return SOSLSearch(term: term, group: group, returning: returning, limit: limit)
  }

  /// The brace that ends the term: the first one without a backslash.
  private static func end(of text: Substring) -> String.Index? {
    var isEscaped = false
    for index in text.indices {
      if text[index] == "}", !isEscaped { return index }
      isEscaped = text[index] == "\\" && !isEscaped
    }
    return nil
  }

  /// Words and commas; what stands in parentheses is one word.
  private static func words(_ text: Substring) -> [String] {
    var words: [String] = []
    var current = ""
    var depth = 0
    func flush() {
      if !current.isEmpty { words.append(current) }
      current = ""
    }
    for character in text {
      if character == "(" {
        if depth == 0 { flush() }
        depth += 1
      }
      if depth > 0 {
        current.append(character)
        if character == ")" {
          depth -= 1
          if depth == 0 { flush() }
        }
      } else if character == "," {
        flush()
        words.append(",")
      } else if character.isWhitespace {
        flush()
      } else {
        current.append(character)
      }
    }
    flush()
    return words
  }

  private static func takeComma(_ rest: inout [String]) -> Bool {
    guard rest.first == "," else { return false }
    rest.removeFirst()
    return true
  }

  private static func object(
    _ rest: inout [String], isSloppy: Bool
  ) throws(SalesforceAPIError) -> SOSLSearch.Returning {
    guard let name = rest.first else { throw .malformedSearch("RETURNING takes objects") }
    guard let object = SalesforceObject(named: name) else { throw .noSuchType(name) }
    rest.removeFirst()
    var returning = SOSLSearch.Returning(object: object)
    guard let inner = rest.first, inner.hasPrefix("("), inner.hasSuffix(")") else { return returning }
    rest.removeFirst()
    try read(inner.dropFirst().dropLast(), into: &returning, isSloppy: isSloppy)
    return returning
  }

  /// `Id,Name WHERE … ORDER BY … LIMIT 10`.
  private static func read(
    _ text: Substring, into returning: inout SOSLSearch.Returning, isSloppy: Bool
  ) throws(SalesforceAPIError) {
    var head = text
    if let place = place(of: "LIMIT", in: head) {
      let words = head[place...].split(separator: " ")
      guard words.count == 2, let number = number(String(words[1])) else {
        throw .malformedSearch("LIMIT takes a number")
      }
      returning.limit = number
      head = head[..<place]
    }
    // Hits come by relevance, which this index has none of.
    if let place = place(of: "ORDER", in: head) { head = head[..<place] }
    if let place = place(of: "WHERE", in: head) {
      var reader = try SOQLReader(head[place...].dropFirst(5), isSloppy: isSloppy)
      returning.condition = try reader.wholeCondition(returning.object)
      head = head[..<place]
    }
    var fields: [String] = []
    for name in head.split(separator: ",", omittingEmptySubsequences: false) {
      let name = name.filter { !$0.isWhitespace }
      guard let field = returning.object.field(name) else { throw .noSuchField(name, of: returning.object) }
      fields.append(field.name)
    }
    returning.fields = fields
  }

  /// Of a keyword as a word of its own, outside of quotes.
  private static func place(of keyword: String, in text: Substring) -> String.Index? {
    var index = text.startIndex
    var isQuoted = false
    var former: Character = " "
    while index < text.endIndex {
      if text[index] == "'" { isQuoted.toggle() }
      let rest = text[index...]
      if !isQuoted, former.isWhitespace, rest.prefix(keyword.count).uppercased() == keyword,
        rest.dropFirst(keyword.count).first.map({ $0.isWhitespace || $0 == "(" }) ?? true
      {
        return index
      }
      former = text[index]
      index = text.index(after: index)
    }
    return nil
  }

  private static func number(_ text: String) -> Int? { text.isDigits(1...9) ? Int(text) : nil }
}
