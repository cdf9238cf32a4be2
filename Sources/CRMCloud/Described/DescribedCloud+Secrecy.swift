public import HTTPTypes
import Primitives

extension DescribedCloud {
  /// Without the parts in which an endpoint of the description has a secret, good or wrong, also where what follows is
  /// asked by nothing in the description.
  public func shownPath(of request: HTTPRequest) -> String {
    let path = request.path ?? "/"
    let head = path.utf8.prefix { $0 != UInt8(ascii: "?") }
    let pieces = head.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    // Slashes in a row part nothing where the path is read.
    let places = pieces.indices.filter { !pieces[$0].isEmpty }
    let parts = places.map { PercentEncoding.decode(Array(pieces[$0])) }
    let secret = Set(contents.endpoints.flatMap { $0.secretParts(of: parts) }.map { places[$0] })
    guard !secret.isEmpty else { return path }
    let shown = pieces.indices.map { secret.contains($0) ? "<secret>" : String(decoding: pieces[$0], as: UTF8.self) }
    return shown.joined(separator: "/") + String(decoding: path.utf8.dropFirst(head.count), as: UTF8.self)
  }
}

extension DescribedEndpoint {
  /// Which of these parts of a path hold what lets the client in, as far as the path goes the endpoint's way.
  fileprivate func secretParts(of parts: [String]) -> [Int] {
    var findings: DescribedFindings? = [:]
    var secret: [Int] = []
    for (index, pair) in zip(pattern.path, parts).enumerated() {
      findings = findings.flatMap { pair.0.match(pair.1, $0) }
      if pair.0.pieces.contains(where: isSecret) {
        secret.append(index)
      } else if findings == nil {
        break
      }
    }
    return secret
  }

  private func isSecret(_ piece: DescribedPattern.Text.Piece) -> Bool {
    switch piece {
    case .literal: false
    case .place(let name): name == "Token" || credentials.path[name] != nil
    }
  }
}
