public import JSON
import CRMConnectors
import HardwareProfiles
import PBXModel
import Primitives
import SIPCapture
import Simulation

extension RunSummary {
  /// `summary.json`. Holds no time of day and no path but the inputs' names, so equal runs give equal bytes.
  public var json: JSONValue {
    [
      "tool": .string("ucmsim \(toolVersion)"),
      "inputs": .array(inputs.map { .string($0) }),
      "fingerprint": .string(fingerprint),
      "seed": .string(String(seed)),
      "model": .string(profile.model), "family": .string(profile.family),
      "firmware": .optional(profile.firmware),
      "cdrSchema": .optional(profile.traits.cdrSchema?.value.rawValue),
      "hasEmptyEntryIDs": (profile.traits.hasEmptyEntryIDs?.value).map { .bool($0) } ?? .null,
      "site": .optional(siteName), "pbx": .string(pbx), "crm": .string(crmSystem),
      "timeZone": .string(timeZone.name),
      "first": .optional(first?.iso8601), "last": .optional(last?.iso8601),
      "calls": callsJSON, "registrations": registrationsJSON, "lookups": lookupsJSON,
      "callLogs": [
        "logged": int(tally.callsLogged), "failed": int(tally.callLogsFailed),
        "postponed": int(tally.callLogsPostponed), "discarded": int(tally.callLogsDiscarded),
        "unsent": int(tally.callLogsUnsent),
      ],
      "crmUsers": .array(tally.crmUsers.map(Self.json)),
      "storage": [
        "powerCuts": int(tally.powerCuts), "callsCut": int(tally.callsCut), "rowsCut": int(tally.rowsCut),
        "callLogsCut": int(tally.callLogsCut), "callsWhileDown": int(tally.callsWhileDown),
        "registrationsWhileDown": int(tally.registrationsWhileDown), "rowsNotStored": int(tally.rowsNotStored),
        "rowsCleaned": int(tally.rowsCleaned),
      ],
      "systemEvents": ["raised": int(tally.systemEvents), "restored": int(tally.systemEventsRestored)],
      "limits": limitsJSON, "trunks": .array(trunks.map(Self.json)),
      "extensionsOverTheirLimit": .array(extensions.map(Self.json)),
      "unknownLimits": .array(profile.unknownLimits.map { .string($0.rawValue) }),
      "capture": captureJSON,
      "account": accountReport.json,
      "tracking": .object((tracking?.entries ?? []).map { .init($0.name, int($0.count)) }),
      "assumptions": .array(
        assumptions.map {
          [
            "name": .string($0.assumption.rawValue), "times": int($0.times),
            "certainty": .string($0.assumption.certainty.rawValue),
            "statement": .string($0.assumption.statement(under: settings)),
          ]
        }),
      "failures": .array(failures.map { .string($0) }),
      "notices": .array(notices.map { .string($0) }),
    ]
  }

  private func int(_ value: Int) -> JSONValue { .integer(Int64(value)) }

  private var callsJSON: JSONValue {
    [
      "total": int(tally.calls), "refused": int(tally.callsRefused), "retried": int(tally.callsRetried),
      "unreachable": int(tally.callsUnreachable), "toMailbox": int(tally.callsToMailbox),
      "outcomesUnknown": int(tally.outcomesUnknown), "failedOver": int(tally.failovers),
      "legsNotDialled": int(tally.legsNotDialled), "notRecorded": int(tally.recordingsMissed),
      "partiesWithoutVideo": int(tally.partiesWithoutVideo), "joined": int(tally.callsJoined),
      "rows": int(tally.rows),
      "runningAtStart": int(tally.callsRunningAtStart), "runningAtEnd": int(tally.callsRunningAtEnd),
      "disposition": .object(
        Disposition.allCases.map { .init($0.rawValue, int(tally.callsByDisposition[$0] ?? 0)) }),
      "direction": .object(
        CallDirection.allCases.map { .init($0.rawValue, int(tally.callsByDirection[$0] ?? 0)) }),
    ]
  }

  private var registrationsJSON: JSONValue {
    [
      "added": int(tally.bindingsAdded), "refreshed": int(tally.bindingsRefreshed),
      "removed": int(tally.bindingsRemoved), "expired": int(tally.bindingsExpired),
      "displaced": int(tally.bindingsDisplaced),
      "challenged": int(tally.registrationsChallenged), "refused": int(tally.registrationsRefused),
    ]
  }

  private var lookupsJSON: JSONValue {
    [
      "hit": int(tally.lookupsHit), "missed": int(tally.lookupsMissed), "added": int(tally.lookupsAdded),
      "ambiguous": int(tally.lookupsAmbiguous), "failed": int(tally.lookupsFailed),
    ]
  }

  private static func json(_ user: CRMUserStanding) -> JSONValue {
    let extensions = JSONValue.Member("extensions", .array(user.extensions.map { .string($0) }))
    switch user.status {
    case .loggedIn: return .object([extensions, .init("status", "Logged In")])
    case .loggedOut(let reason, let failure):
      return .object([
        extensions, .init("status", "Logged Out"), .init("reason", .string(reason.rawValue)),
        .init("words", .string(reason.words)), .init("code", .string(failure.code)),
        .init("httpStatus", .optional(failure.status.map { Int64($0) })),
      ])
    }
  }

  private var captureJSON: JSONValue {
    [
      "frames": int(account.frames), "bytes": int(account.bytes), "messages": int(account.messages),
      "datagramsWithoutSIP": int(account.datagramsWithoutSIP), "keepAlives": int(account.keepAlives),
    ]
  }
}
