import CRMConnectors
import Primitives

/// The words that templates of one file may use, and where.
final class DescribedWords {
  /// Where a template stands.
  enum Scope: String {
    case server, login, check, send, lookup, create, find, reportCall, findCall, link

    /// What the appliance knows there.
    var words: [DescribedVariable.BuiltIn] {
      let call: [DescribedVariable.BuiltIn] = [
        .number, .name, .agent, .callType, .duration, .callStart, .callEnd, .entityType, .entityID, .subject,
        .description, .mark,
      ]
      return switch self {
      case .server, .login, .check: []
      case .send: [.token, .user]
      case .lookup: [.number, .token, .user]
      case .create, .find: [.number, .name, .token, .user]
      case .reportCall: call + [.token, .user]
      case .findCall: call + [.page, .offset, .token, .user]
      case .link: call + [.callID, .token, .user]
      }
    }

    /// Whether what is sent there is kept out of logs whole.
    var isHidden: Bool { self == .login }
  }

  private let parameters: [DescribedParameter]
  private let hasLogin: Bool
  /// Every variable that some template used.
  private(set) var used: Set<DescribedVariable> = []

  init(parameters: [DescribedParameter], hasLogin: Bool) {
    self.parameters = parameters
    self.hasLogin = hasLogin
  }

  func template(_ entry: Entry, in scope: Scope) -> DescribedTemplate? {
    guard let text = entry.text(maxLength: 2000) else { return nil }
    return template(text, at: entry, in: scope)
  }

  func template(_ text: String, at entry: Entry, in scope: Scope) -> DescribedTemplate? {
    do throws(DescribedTemplate.Fault) {
      let template = try DescribedTemplate(parsing: text) { self.kind($0, in: scope) }
      used.formUnion(template.variables)
      if scope == .server { refuseSecrets(template.variables, in: "the server's address", at: entry) }
      return template
    } catch {
      report(error, at: entry, in: scope)
      return nil
    }
  }

  /// A variable by its name, for `$case`.
  func variable(_ name: String, at entry: Entry, in scope: Scope) -> (DescribedVariable, DescribedKind)? {
    guard let (variable, kind) = kind(name, in: scope) else {
      report(.unknownVariable(name), at: entry, in: scope)
      return nil
    }
    used.insert(variable)
    return (variable, kind)
  }

  /// Secrets where a log would show them.
  func refuseSecrets(_ variables: [DescribedVariable], in place: String, at entry: Entry) {
    for variable in variables where isSecret(variable) {
      entry.report(
        "`{{\(variable.name)}}` is a secret and stands in \(place), which logs show",
        remedy: "send it in a header, a query or a form")
    }
  }

  private func isSecret(_ variable: DescribedVariable) -> Bool {
    switch variable {
    case .builtIn(let word): word == .token
    case .parameter(let name): parameters.first { $0.name == name }?.kind == .secret
    }
  }

  private func kind(_ name: String, in scope: Scope) -> (DescribedVariable, DescribedKind)? {
    if let parameter = parameters.first(where: { $0.name == name }) { return (.parameter(name), parameter.valueKind) }
    guard let word = DescribedVariable.BuiltIn(rawValue: name), words(in: scope).contains(word) else { return nil }
    return (.builtIn(word), word.kind)
  }

  private func words(in scope: Scope) -> [DescribedVariable.BuiltIn] {
    scope.words.filter { hasLogin || ($0 != .token && $0 != .user) }
  }

  private func report(_ fault: DescribedTemplate.Fault, at entry: Entry, in scope: Scope) {
    switch fault {
    case .unclosed: entry.report("`{{` and `}}` do not pair up", remedy: "write {{Number}}")
    case .unknownForm(let form):
      let forms = DescribedForm.allCases.map(\.rawValue)
      entry.report(
        "`\(Entry.shown(form))` is no form of a value",
        remedy: entry.errors.nearest(to: form, among: forms).map { "did you mean `\($0)`?" }
          ?? "forms: \(forms.joined(separator: ", "))")
    case .wrongForm(let variable, let kind):
      let forms = DescribedForm.forms(of: kind)
      entry.report(
        kind == .instant
          ? "`\(variable.name)` is a moment, and its form is not one of a moment's"
          : "`\(variable.name)` has no such form",
        remedy: forms.isEmpty
          ? "write {{\(variable.name)}}"
          : "write {{\(variable.name) | \(forms[0])}}; forms: \(forms.joined(separator: ", "))")
    case .unknownVariable(let name):
      let known = words(in: scope).map(\.rawValue) + parameters.map(\.name)
      let isElsewhere = DescribedVariable.BuiltIn(rawValue: name) != nil
      entry.report(
        "`\(Entry.shown(name))` is not known \(isElsewhere ? "here (\(scope.rawValue))" : "anywhere")",
        remedy: (isElsewhere ? nil : entry.errors.nearest(to: name, among: known)).map { "did you mean `\($0)`?" }
          ?? (known.isEmpty ? "nothing is known here" : "known here: \(known.joined(separator: ", "))"))
    }
  }
}
