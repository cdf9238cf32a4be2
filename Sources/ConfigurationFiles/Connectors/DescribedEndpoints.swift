import CRMCloud
import CRMConnectors
import JSON

/// What one user can ask the cloud of a description.
struct DescribedEndpoints {
  let file: ConnectorFile
  let patterns: DescribedPatterns

  private static let done = DescribedAnswer(status: 200, json: .object([]))

  var all: [DescribedEndpoint] {
    let description = file.description
    // A login first, and a search before the look that may be the same request.
    return [login]
      + CRMTable.allCases.compactMap { table in description.lookup[table].map { search($0, .lookup, table) } }
      + CRMTable.allCases.compactMap { table in description.find[table].map { search($0, .find, table) } }
      + CRMTable.allCases.compactMap { table in description.create[table].map { creation($0, table) } }
      + [report, findCalls, link].compactMap { $0 }
  }

  private var login: DescribedEndpoint {
    let answer = file.answer(to: .login) { $0 == .loggedIn } ?? Self.done
    switch file.description.authentication.way {
    case .parameters(let check), .basic(_, _, let check): return endpoint(check, .check, answer)
    case .login(let login):
      let told = login.expiresIn.flatMap { path in answer.json.flatMap { path.values(in: $0).first } }
      var lifetime = login.lifetimeSeconds ?? 3600
      if case .integer(let seconds)? = told { lifetime = Int(max(1, min(seconds, 31_536_000))) }
      return DescribedEndpoint(
        pattern: patterns.pattern(login.request), credentials: DescribedCredentialsPattern(),
        work: .logIn(token: login.token.place, lifetimeSeconds: lifetime), answer: answer, miss: nil)
    }
  }

  private func search(
    _ search: DescribedSearch, _ operation: ConnectorTrial.Operation, _ table: CRMTable
  ) -> DescribedEndpoint {
    let hit = file.answer(to: operation, in: table) { if case .found(let ids) = $0 { !ids.isEmpty } else { false } }
    let miss = file.answer(to: operation, in: table) { $0 == .found([]) }
    let work = DescribedEndpoint.Work.search(
      table: table.rawValue, found: search.found.place, numbers: search.numbers.map(\.place))
    var endpoint = endpoint(search.request, work, hit ?? Self.done)
    endpoint.miss = miss
    return endpoint
  }

  private func creation(_ insertion: DescribedInsertion, _ table: CRMTable) -> DescribedEndpoint {
    let search = file.description.lookup[table]
    var fields: [DescribedShape.Field] = []
    if let number = search?.numbers.first {
      fields = ["Number|digits", "Number"].map { DescribedShape.Field($0, number.place) }
    }
    let nameFields = search?.names.first?.compactMap { part -> AnswerPath? in
      if case .field(let path) = part { path } else { nil }
    }
    if let name = nameFields?.last { fields.append(.init("Name", name.place)) }
    let shape = DescribedShape(id: (search?.id ?? insertion.id).place, fields: fields)
    let answer = file.answer(to: .create, in: table, where: Self.isMade) ?? Self.done
    return endpoint(
      insertion.request, .create(table: table.rawValue, answerID: insertion.id.place, shape: shape), answer)
  }

  private var report: DescribedEndpoint? {
    guard let report = file.description.reportCall else { return nil }
    let find = file.description.findCall
    // The description holds the mark where it is sent as well.
    let fields = find?.texts.first.map { text in
      ["Mark", "Subject", "Description"].map { DescribedShape.Field($0, text.place) }
    }
    let shape = DescribedShape(id: (find?.id ?? report.id).place, fields: fields ?? [])
    let answer = file.answer(to: .reportCall, where: Self.isMade) ?? Self.done
    return endpoint(report.request, .report(answerID: report.id.place, shape: shape), answer)
  }

  private var findCalls: DescribedEndpoint? {
    guard let find = file.description.findCall else { return nil }
    let answer = file.answer(to: .findCall) { if case .found = $0 { true } else { false } } ?? Self.done
    let work = DescribedEndpoint.Work.findCalls(
      found: find.found.place, texts: find.texts.map(\.place), more: find.more?.place)
    return endpoint(find.request, work, answer)
  }

  private var link: DescribedEndpoint? {
    file.description.link.map { endpoint($0, .link, file.answer(to: .link) { $0 == .linked } ?? Self.done) }
  }

  private func endpoint(
    _ request: DescribedRequest, _ work: DescribedEndpoint.Work, _ answer: DescribedAnswer
  ) -> DescribedEndpoint {
    DescribedEndpoint(
      pattern: patterns.pattern(request), credentials: patterns.credentials(of: request), work: work, answer: answer,
      miss: nil)
  }

  private static func isMade(_ outcome: ConnectorTrial.Outcome) -> Bool {
    if case .made = outcome { true } else { false }
  }
}
