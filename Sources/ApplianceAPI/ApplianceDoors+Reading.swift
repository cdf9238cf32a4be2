public import HTTPTypes
public import Primitives

/// Requests in two steps: who asks and what changes, which takes its turn, and reading, which any number may do at
/// once.
extension ApplianceDoors {
  /// What the first step comes to.
  public enum Step: Sendable {
    /// There is nothing more to do.
    case answered(DoorAnswer)
    /// Somebody who may read something is to be answered.
    case reads(Reading)
  }

  /// What somebody may read. It changes nothing, and knows the doors as they were when he was let in.
  public struct Reading: Sendable {
    enum Question: Sendable {
      case action(APIAction, APIParameters)
      case rows(QueryText)
      case recording(QueryText)
    }

    let doors: ApplianceDoors
    let question: Question
    let user: String

    /// Whether rows are read, which may take long.
    public var isOfRows: Bool {
      switch question {
      case .action(let action, _): Self.ofRows.contains(action)
      case .rows, .recording: true
      }
    }

    /// The answer.
    public func answer(of state: some ApplianceState) -> DoorAnswer {
      switch question {
      case .action(let action, let parameters):
        var doors = doors
        return doors.carryOut(action, parameters, of: state).answer {
          DoorAnswer.Note(action.rawValue, user: user, status: $0)
        }
      case .rows(let query):
        return doors.rows(query, { .init(APIAction.cdrapi.rawValue, user: user, status: $0) }, of: state)
      case .recording(let query):
        return doors.recording(query, { .init(APIAction.recapi.rawValue, user: user, status: $0) }, of: state)
      }
    }

    private static let ofRows: Set<APIAction> = [.cdrapi, .recapi, .queueapi, .getRecordInfosByCall]
  }

  /// Actions that change nothing, and may be told from what was there when the request came.
  static let readings: Set<APIAction> = [
    .getSystemStatus, .getSystemGeneralStatus, .getFeatureLimits, .listAccount, .getSIPAccount, .listUser,
    .listBridgedChannels, .listUnBridgedChannels, .listVoIPTrunk, .listAnalogTrunk, .listDigitalTrunk,
    .listInboundRoute, .listOutboundRoute, .listQueue, .listRingGroup, .listIVR, .listConference, .listVoicemailGroup,
    .listPaginggroup, .listExtensionGroup, .listDepartment, .listIPC, .listZeroConfig, .listAllTrunk, .cdrapi, .recapi,
    .queueapi, .getCDRActionTypeList, .getAccountCodeList, .getRecordInfosByCall, .listSIPTrunk, .listTrunk,
    .getSIPTrunk, .getInboundRoute, .getOutboundRoute, .getQueue, .getIVR,
  ]

  /// The answer to one whole request, in one step.
  ///
  /// - Parameters:
  ///   - client: who sent it; nil where that is not known, and all such are one.
  ///   - now: on the clock that sessions live by, which is not that of the trace.
  public mutating func respond(
    to request: HTTPRequest, body: [UInt8], at door: Door, from client: IPAddress?, now: Instant,
    of state: some ApplianceState
  ) -> DoorAnswer {
    switch begin(request, body: body, at: door, from: client, now: now, of: state) {
    case .answered(let answer): answer
    case .reads(let reading): reading.answer(of: state)
    }
  }
}
