import CRMCloud
import CRMConnectors
import JSON

/// Requests of a description as a server sees them: one user's parameters filled in, the rest places.
struct DescribedPatterns {
  let trial: ConnectorTrial
  let description: ConnectorDescription

  /// Without ports.
  var hosts: [String] {
    var hosts = [Self.host(trial.hostName)]
    if case .login(let login) = description.authentication.way, let address = login.request.address {
      let text = address.pieces.reduce(into: "") { text, piece in
        if case .literal(let literal) = self.piece(piece) { text += literal }
      }
      let rest = text.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
      let host = Self.host(String(rest))
      if !host.isEmpty, !hosts.contains(host) { hosts.append(host) }
    }
    return hosts
  }

  private static func host(_ authority: String) -> String { authority.prefix { $0 != ":" }.lowercased() }

  func pattern(_ request: DescribedRequest) -> DescribedPattern {
    // An address of its own has a path of its own.
    let base = request.address == nil ? trial.serverPath : ""
    let body: DescribedPattern.Body =
      switch request.body {
      case .none: .none
      case .json(let value): .json(self.value(value) ?? .exact(.null))
      case .form(let members): .form(fields(members))
      }
    return DescribedPattern(
      method: request.method.rawValue, path: parts(base, request.path), query: fields(request.query),
      headers: fields(request.headers), body: body)
  }

  /// What lets a request in.
  func credentials(of request: DescribedRequest) -> DescribedCredentialsPattern {
    let authentication = description.authentication
    var headers = fields(authentication.headers)
    if case .basic = authentication.way {
      let login = trial.request(.login, in: .contacts, .standard)
      let value = login?.headers.first { $0.name.lowercased() == "authorization" }?.value ?? ""
      headers.append(.init("Authorization", .text(.init([.literal(value)]))))
    }
    let form: [DescribedPattern.Field] =
      switch request.body {
      case .form: fields(authentication.form)
      case .none, .json: []
      }
    return DescribedCredentialsPattern(headers: headers, query: fields(authentication.query), form: form)
  }

  private func parts(_ base: String, _ path: DescribedTemplate) -> [DescribedPattern.Text] {
    var parts: [[DescribedPattern.Text.Piece]] = []
    for piece in [.literal(base)] + path.pieces {
      switch piece {
      case .slot:
        if parts.isEmpty { parts.append([]) }
        parts[parts.count - 1].append(self.piece(piece))
      case .literal(let text):
        for (index, part) in text.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
          if index > 0 || parts.isEmpty { parts.append([]) }
          if !part.isEmpty { parts[parts.count - 1].append(.literal(String(part))) }
        }
      }
    }
    return parts.filter { !$0.isEmpty }.map { .init($0) }
  }

  private func fields(_ members: [DescribedValue.Member]) -> [DescribedPattern.Field] {
    members.compactMap { member in value(member.value).map { .init(member.name, $0) } }
  }

  /// nil for what this user's parameters leave out.
  private func value(_ value: DescribedValue) -> DescribedPattern.Value? {
    switch value {
    case .template(let template): .text(.init(template.pieces.map(piece)))
    case .integer(let number): .text(.init([.literal(String(number))]))
    case .boolean(let flag): .text(.init([.literal(flag ? "true" : "false")]))
    case .null: .exact(.null)
    case .list(let elements): .list(elements.compactMap { self.value($0) })
    case .object(let members): .object(fields(members))
    case .choice(.parameter(let name), let cases):
      (cases[trial.value(of: name, in: .text)] ?? nil).flatMap { self.value($0) }
    case .choice(.builtIn, let cases):
      .oneOf(cases.keys.sorted().map { key in (cases[key] ?? nil).flatMap { self.value($0) } })
    }
  }

  private func piece(_ piece: DescribedTemplate.Piece) -> DescribedPattern.Text.Piece {
    switch piece {
    case .literal(let text): .literal(text)
    case .slot(let slot):
      switch slot.variable {
      case .parameter(let name): .literal(trial.value(of: name, in: slot.form))
      case .builtIn(let word): .place(slot.form.map { "\(word.rawValue)|\($0.rawValue)" } ?? word.rawValue)
      }
    }
  }
}

extension AnswerPath {
  var place: DescribedPlace {
    DescribedPlace(
      steps.map { step in
        switch step {
        case .member(let name): .member(name)
        case .element(let index): .element(index)
        case .each: .each
        }
      })
  }
}
