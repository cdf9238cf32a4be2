import JSON
import Primitives

extension DescribedDialect {
  func readLogin(_ answer: CRMAnswer, step: Int, at now: Instant) throws(CRMRefusal) -> LoginProgress {
    switch description.authentication.way {
    case .parameters, .basic:
      _ = try content(answer)
      return .opened(CRMSession(value: Secret(""), apiHost: server.authority, expiry: .distantFuture))
    case .login(let login):
      let content = try content(answer)
      guard let content, let token = login.token.texts(in: content.value).first, Self.isToken(token) else {
        throw CRMRefusal(.unexpectedShape, status: content?.status)
      }
      let told = login.expiresIn.flatMap { $0.texts(in: content.value).first }.flatMap { Int64($0) }
      let life = told.flatMap { $0 > 0 ? Instant.Span.seconds(min($0, Self.longestLifeSeconds)) : nil }
      let standard = login.lifetimeSeconds.map { Instant.Span.seconds(Int64($0)) } ?? settings.assumedTokenLife
      return .opened(
        CRMSession(
          value: Secret(token), apiHost: server.authority, expiry: now + (life ?? standard),
          userID: login.user.flatMap { $0.texts(in: content.value).first }))
    }
  }

  func readRecords(_ answer: CRMAnswer, in tables: [CRMTable]) throws(CRMRefusal) -> [CRMHit] {
    try records(answer, of: tables.first.flatMap { description.lookup[$0] })
  }

  func readFind(_ answer: CRMAnswer, in table: CRMTable) throws(CRMRefusal) -> [CRMHit] {
    try records(answer, of: description.find[table])
  }

  /// A list that is not there is no miss: taking it for one would add the caller once more.
  private func records(_ answer: CRMAnswer, of search: DescribedSearch?) throws(CRMRefusal) -> [CRMHit] {
    guard let content = try content(answer) else { return [] }
    guard let search else { throw CRMRefusal(.unexpectedShape, status: content.status) }
    let list = try Self.list(search.found, content)
    return try list.map { record throws(CRMRefusal) in
      guard let id = search.id.texts(in: record).first, Self.isID(id) else {
        throw CRMRefusal(.unexpectedShape, status: content.status)
      }
      return CRMHit(
        id: id, name: search.name(of: record), numbers: search.numbers.flatMap { $0.texts(in: record) })
    }
  }

  func readInsertion(_ answer: CRMAnswer) throws(CRMRefusal) -> String {
    try id(in: answer, at: description.reportCall?.id)
  }

  func readCreation(_ answer: CRMAnswer, in table: CRMTable) throws(CRMRefusal) -> String {
    try id(in: answer, at: description.create[table]?.id)
  }

  private func id(in answer: CRMAnswer, at path: AnswerPath?) throws(CRMRefusal) -> String {
    let content = try content(answer, leavesDoubt: true)
    guard let content, let id = path?.texts(in: content.value).first, Self.isID(id) else {
      throw CRMRefusal(.unexpectedShape, status: content?.status, leavesDoubt: true)
    }
    return id
  }

  func readCalls(_ answer: CRMAnswer) throws(CRMRefusal) -> CRMCallPage {
    guard let search = description.findCall, let content = try content(answer) else {
      return CRMCallPage(calls: [], isLast: true)
    }
    let calls = try Self.list(search.found, content).compactMap { call -> (id: String, texts: [String])? in
      guard let id = search.id.texts(in: call).first, Self.isID(id) else { return nil }
      return (id, search.texts.flatMap { $0.texts(in: call) })
    }
    let goesOn = search.more.map { $0.values(in: content.value).contains(where: \.saysMore) } ?? false
    return CRMCallPage(calls: calls, isLast: !goesOn)
  }

  func readLink(_ answer: CRMAnswer) throws(CRMRefusal) { _ = try content(answer, leavesDoubt: true) }

  private static func list(_ path: AnswerPath, _ content: Content) throws(CRMRefusal) -> [JSONValue] {
    guard let list = path.values(in: content.value).first?.array else {
      throw CRMRefusal(.unexpectedShape, status: content.status)
    }
    return list
  }

  /// A year of seconds is more than any token's life; what says more is taken for that.
  private static let longestLifeSeconds: Int64 = 86_400 * 366

  private static func isToken(_ text: String) -> Bool {
    (1...8192).contains(text.utf8.count) && text.utf8.allSatisfy { (33..<127).contains($0) }
  }

  /// Paths and queries escape an id; it is looked at so that no page of text is taken for one.
  private static func isID(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (33..<127).contains($0) }
  }
}

extension DescribedSearch {
  /// The first name that is not empty; nil for none.
  func name(of record: JSONValue) -> String? {
    names.lazy.compactMap { parts in
      let text = parts.reduce(into: "") { text, part in
        switch part {
        case .literal(let literal): text += literal
        case .field(let path): text += path.texts(in: record).first ?? ""
        }
      }
      // Literals alone are no name.
      let hasField = parts.contains { part in
        if case .field(let path) = part { path.texts(in: record).first.map { !$0.isEmpty } ?? false } else { false }
      }
      return hasField ? DisplayText.line(text) : nil
    }.first
  }
}

extension JSONValue {
  /// Whether this is what a server says when there is more: anything but nothing, false and zero.
  fileprivate var saysMore: Bool {
    switch self {
    case .null: false
    case .bool(let flag): flag
    case .integer(let number): number != 0
    case .string(let text): !text.isEmpty
    case .decimal, .number, .object: true
    case .array(let elements): !elements.isEmpty
    }
  }
}
