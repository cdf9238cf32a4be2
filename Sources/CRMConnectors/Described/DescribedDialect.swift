import FoundationEssentials
import HTTPTypes
import Primitives

/// A CRM by its description: requests filled in, answers read where the description says.
struct DescribedDialect: CRMDialect {
  let description: ConnectorDescription
  let server: ServerAddress
  let settings: ConnectorSettings
  /// The values of the parameters.
  let entered: DescribedBindings

  /// - Parameter serverAddress: the site's own; empty for the description's.
  init(
    _ description: ConnectorDescription, credentials: DescribedCredentials, serverAddress: String,
    settings: ConnectorSettings
  ) throws(ConnectorSettingsError) {
    entered = try description.bindings(of: credentials)
    var address = serverAddress
    if address.isEmpty, let server = description.server {
      // A value may be a name or a number of the address, and cannot lead it elsewhere.
      address = server.filled(entered) { value in value.filter { $0.isLetter || $0.isNumber || "-._:".contains($0) } }
    }
    do throws(ServerAddressError) { server = try ServerAddress(address) } catch { throw .serverAddress(error) }
    self.description = description
    self.settings = settings
  }

  var hostName: String { server.authority }

  var renewsSessions: Bool {
    switch description.authentication.way {
    case .parameters, .basic: false
    case .login: true
    }
  }

  func reasonOfRefusedSession(at now: Instant) -> LogoutReason { renewsSessions ? .loginRefused : .credentialsWrong }

  func candidates(for number: DialledNumber, _ plan: NumberPlan) -> [String] {
    guard !description.numbers.isEmpty else { return plan.candidates(for: number) }
    var seen: Set<String> = []
    return description.numbers.compactMap { $0.spelling(of: number, plan) }.filter { seen.insert($0).inserted }
  }

  func loginRequest() -> DialectRequest {
    switch description.authentication.way {
    case .parameters(let check), .basic(_, _, let check): request(check, .login, entered, shows: true)
    case .login(let login): request(login.request, .token, entered, shows: false)
    }
  }

  func search(_ spelling: String, in tables: [CRMTable], _ session: CRMSession) -> DialectRequest {
    var bindings = bindings(session)
    bindings[.number] = .text(spelling)
    return request(tables.first.flatMap { description.lookup[$0]?.request }, .search, bindings)
  }

  func find(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    request(description.find[caller.table]?.request, .confirm, bindings(caller, session))
  }

  func create(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    request(description.create[caller.table]?.request, .create, bindings(caller, session))
  }

  func record(_ call: CallRecordTexts, _ session: CRMSession) -> DialectRequest {
    request(description.reportCall?.request, .logCall, bindings(call, session))
  }

  func findCall(_ call: CallRecordTexts, page: Int, _ session: CRMSession) -> DialectRequest {
    var bindings = bindings(call, session)
    let (offset, _) = max(0, page - 1).multipliedReportingOverflow(by: description.findCall?.pageSize ?? 0)
    bindings[.page] = .integer(Int64(page))
    bindings[.offset] = .integer(Int64(offset))
    return request(description.findCall?.request, .confirm, bindings)
  }

  func link(_ call: CallRecordTexts, id: String, _ session: CRMSession) -> DialectRequest? {
    guard let link = description.link, call.record != nil else { return nil }
    var bindings = bindings(call, session)
    bindings[.callID] = .text(id)
    return request(link, .link, bindings)
  }

  private func bindings(_ session: CRMSession) -> DescribedBindings {
    var bindings = entered
    bindings[.token] = .text(session.value.value)
    bindings[.user] = .text(session.userID ?? "")
    return bindings
  }

  private func bindings(_ caller: NewCaller, _ session: CRMSession) -> DescribedBindings {
    var bindings = bindings(session)
    bindings[.number] = .text(caller.number)
    bindings[.name] = .text(caller.name)
    return bindings
  }

  private func bindings(_ call: CallRecordTexts, _ session: CRMSession) -> DescribedBindings {
    var bindings = bindings(session)
    bindings[.number] = .text(call.dialledNumber)
    bindings[.name] = .text(call.record?.name ?? "")
    bindings[.agent] = .text(call.agentExtension)
    bindings[.callType] = .text(call.callType.rawValue)
    bindings[.duration] = .integer(call.durationSeconds)
    bindings[.callStart] = .instant(call.startInstant, utcOffsetSeconds: call.start.utcOffsetSeconds)
    let end = call.startInstant + .seconds(call.durationSeconds)
    bindings[.callEnd] = .instant(end, utcOffsetSeconds: call.start.utcOffsetSeconds)
    bindings[.entityType] = .text(call.record?.table.rawValue ?? "none")
    bindings[.entityID] = .text(call.record?.id ?? "")
    bindings[.subject] = .text(call.subject)
    bindings[.description] = .text(call.description)
    bindings[.mark] = .text(call.mark ?? "")
    return bindings
  }
}

extension CallRecordTexts {
  fileprivate var callType: DescribedVariable.CallType {
    switch direction {
    case .inbound: .inbound
    case .missed: .missed
    case .outbound: durationSeconds == 0 ? .notAnswered : .outbound
    }
  }
}
