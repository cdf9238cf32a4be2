import CRMCloud
import CloudStorage
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Primitives

/// The administrator's verbs, as JSON.
struct AdminAPI<Hosted: HostedCloud & CloudAdministration & Codable>: Sendable {
  let cloud: ServedCloud<Hosted>
  let reading: AdminReading
  let reachedAt: @Sendable () -> ListenAddress?

  /// Of a request's body.
  private static var bytesMax: Int { 8 << 20 }

  func addRoutes(to routes: RouterGroup<BasicRequestContext>) {
    addInspection(to: routes)
    addClock(to: routes)
    addRecords(to: routes)
    addFaults(to: routes)
    routes.get("hosts") { _, _ -> Response in
      .json(.array(await cloud.hosts.map { ["name": .string($0.name), "purpose": .string($0.purpose)] }))
    }
    routes.post("reset") { _, _ -> Response in
      try await cloud.reset()
      return .json(["reset": true])
    }
  }

  private func addInspection(to routes: RouterGroup<BasicRequestContext>) {
    routes.get("exchanges") { request, _ -> Response in
      let found = await cloud.exchanges(ExchangeFilter(request))
      return .json(.array(found.map { .object($0.entry.summary(number: $0.number)) }))
    }
    routes.delete("exchanges") { _, _ -> Response in
      await cloud.forgetExchanges()
      return .json(["forgotten": true])
    }
    routes.get("exchanges/:number") { _, context -> Response in
      guard let number = context.parameters.get("number", as: Int.self), let entry = await cloud.exchange(number)
      else { return .adminError(.notFound, "no such exchange, or no longer") }
      return .json(entry.json(number: number))
    }
    routes.get("exchanges/:number/curl") { _, context -> Response in
      guard let number = context.parameters.get("number", as: Int.self), let entry = await cloud.exchange(number)
      else { return .adminError(.notFound, "no such exchange, or no longer") }
      return .text(entry.curl(reachedAt: reachedAt()))
    }
  }

  private func addClock(to routes: RouterGroup<BasicRequestContext>) {
    routes.get("clock") { _, _ -> Response in await clock() }
    routes.put("clock") { request, _ -> Response in
      let value = try await body(request)
      if let text = value["time"]?.string {
        guard let time = OffsetTimestamp(text) else {
          return .adminError(.badRequest, "`time` is written as 2026-01-31T08:00:00Z")
        }
        guard try await cloud.setClock(to: Instant(seconds: time.seconds)) else {
          return .adminError(.conflict, "the cloud's clock does not go back; reset and restart for an earlier time")
        }
      } else if let seconds = value["advanceSeconds"]?.integer {
        guard seconds >= 0, try await cloud.setClock(to: await cloud.now + .seconds(seconds)) else {
          return .adminError(.conflict, "the cloud's clock does not go back")
        }
      } else if value["mode"] == nil {
        return .adminError(.badRequest, "expected `time`, `advanceSeconds` or `mode`")
      }
      if let text = value["mode"]?.string {
        guard let mode = CloudClock.Mode(rawValue: text) else {
          return .adminError(.badRequest, "`mode` is one of running, frozen, requests")
        }
        try await cloud.setClock(mode)
      }
      return await clock()
    }
  }

  private func clock() async -> Response {
    let now = await cloud.now
    return .json([
      "time": .string(OffsetTimestamp(now, utcOffsetSeconds: 0).description), "seconds": .time(now),
      "mode": .string(await cloud.clockMode.rawValue),
    ])
  }

  private func addRecords(to routes: RouterGroup<BasicRequestContext>) {
    routes.get("records/:kind") { _, context -> Response in
      guard let kind = context.parameters.get("kind"), let records = await cloud.dump(kind) else {
        return .adminError(.notFound, "the kinds are \(await cloud.dumpKinds.joined(separator: ", "))")
      }
      return .json(.array(records))
    }
    routes.post("records") { request, _ -> Response in
      let text = String(buffer: try await request.body.collect(upTo: Self.bytesMax))
      do throws(AdminReading.Failure) {
        let data = try reading.data(text)
        return await outcome(of: .load(data))
      } catch {
        return .adminError(.badRequest, error.description)
      }
    }
    routes.post("tokens/revoke") { request, _ -> Response in
      guard let token = try await body(request)["token"]?.string else {
        return .adminError(.badRequest, "expected `token`")
      }
      return await outcome(of: .revokeToken(Secret(token)))
    }
    routes.post("tokens/expire") { request, _ -> Response in
      guard let token = try await body(request)["token"]?.string else {
        return .adminError(.badRequest, "expected `token`")
      }
      return await outcome(of: .expireToken(Secret(token)))
    }
    routes.put("users/:id") { request, context -> Response in
      guard let isEnabled = try await body(request)["enabled"]?.flag, let id = context.parameters.get("id") else {
        return .adminError(.badRequest, "expected `enabled`, true or false")
      }
      return await outcome(of: .setUser(id: id, isEnabled: isEnabled))
    }
    routes.put("accounts/:email") { request, context -> Response in
      guard let isOpen = try await body(request)["enabled"]?.flag, let email = context.parameters.get("email") else {
        return .adminError(.badRequest, "expected `enabled`, true or false")
      }
      return await outcome(of: .setAccount(email: PercentEncoding.decode(Array(email.utf8)), isOpen: isOpen))
    }
    routes.post("index/flush") { _, _ -> Response in await outcome(of: .flushIndex) }
    routes.post("sessions/end") { _, _ -> Response in await outcome(of: .endSessions) }
    routes.post("limits/exhaust") { _, _ -> Response in await outcome(of: .exhaustLimits(true)) }
    routes.post("limits/restore") { _, _ -> Response in await outcome(of: .exhaustLimits(false)) }
  }

  private func addFaults(to routes: RouterGroup<BasicRequestContext>) {
    routes.get("faults") { _, _ -> Response in
      .json(
        .array(
          await cloud.faultRules.map { rule, count in
            ["name": .string(rule.name), "carriedOut": .integer(Int64(count))]
          }))
    }
    routes.put("faults") { request, _ -> Response in
      let text = String(buffer: try await request.body.collect(upTo: Self.bytesMax))
      do throws(AdminReading.Failure) {
        let rules = try reading.faults(text)
        await cloud.setFaults(rules)
        return .json(["rules": .integer(Int64(rules.count))])
      } catch {
        return .adminError(.badRequest, error.description)
      }
    }
    routes.delete("faults") { _, _ -> Response in
      await cloud.setFaults([])
      return .json(["rules": 0])
    }
  }

  private func outcome(of action: CloudAction) async -> Response {
    do throws(CloudStoreError) { return .outcome(try await cloud.carryOut(action)) } catch {
      return .adminError(.internalServerError, error.description)
    }
  }

  /// An object; an empty one for anything else.
  private func body(_ request: Request) async throws -> JSONValue {
    let buffer = try await request.body.collect(upTo: 1 << 16)
    return JSONValue(parsing: Array(buffer: buffer)) ?? [:]
  }
}

extension ExchangeFilter {
  init(_ request: Request) {
    let query = request.uri.queryParameters
    after = query.get("after", as: Int.self) ?? 0
    limit = query.get("limit", as: Int.self) ?? limit
    host = query.get("host")
    path = query.get("path")
    status = query.get("status", as: Int.self)
    onlyFaults = query.get("faults") == "only"
  }
}

extension JSONValue {
  fileprivate var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  fileprivate var flag: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
}
