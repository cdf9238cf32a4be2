import HTTPTypes
import JSON
import Primitives

extension DelugeRun {
  /// Asks what an `invokeurl` says, with the token of its connection.
  mutating func invoke(_ task: InvokeURL, line: Int, in cloud: inout ZohoCloud) throws(DelugeError) -> JSONValue {
    func failure(_ message: String) -> DelugeError { DelugeError(line: line, message: message) }
    guard let link = task.connection else {
      do throws(InnerRequestFailure) {
        return task.value(of: try cloud.ask(task.method, task.address, task.fields, body: task.body, at: startedAt))
      } catch {
        throw failure("invokeurl: " + error.text)
      }
    }
    let connections = cloud.centres[centre].organisations[organisation].connections
    guard let connection = connections.connection(link), let service = connections.service(connection.serviceID) else {
      throw failure("invokeurl: there is no connection with the link name \(link.prefix(100)).")
    }
    guard var tokens = connection.tokens else {
      throw failure("invokeurl: the connection \(link.prefix(100)) is not authorized.")
    }
    let former = tokens
    do throws(OAuthFailure) {
      let oauth = cloud.oauthService(service, at: centre)
      let answer = try cloud.ask(
        task.method, task.address, task.fields, body: task.body, as: oauth, &tokens, at: startedAt)
      keep(tokens, former, link, in: &cloud)
      return task.value(of: answer)
    } catch {
      keep(tokens, former, link, in: &cloud)
      throw failure("invokeurl: the connection \(link.prefix(100)): " + error.text)
    }
  }

  private func keep(_ tokens: OAuthTokens, _ former: OAuthTokens, _ link: String, in cloud: inout ZohoCloud) {
    guard tokens != former else { return }
    cloud.centres[centre].organisations[organisation].connections.update(link) { connection in
      // What the request itself may have brought about, a new authorization, is newer.
      if connection.tokens == former { connection.tokens = tokens }
    }
  }

  /// Asks what a connector's API says; the map fills its parameters in.
  mutating func invokeConnector(
    _ name: String, _ map: JSONValue, line: Int, in cloud: inout ZohoCloud
  ) throws(DelugeError) -> JSONValue {
    do throws(ConnectorFailure) {
      let zuids = Set(cloud.centres[centre].organisations[organisation].users.map(\.zuid))
      let answer = try cloud.invokeConnector(name, map, for: zuids, at: centre, startedAt)
      return [
        "status_code": .integer(Int64(answer.response.status.code)),
        "response": .string(String(decoding: answer.body, as: UTF8.self)),
      ]
    } catch {
      throw DelugeError(line: line, message: "invokeConnector: " + error.text)
    }
  }
}
