import JSON
import Primitives

extension ApplianceDoors {
  private static let envelope: Set<String> = ["action", "cookie"]

  /// `{"cdr_root":[…]}` at the top, without a status (observed), in the parameters of the old API. JSON is what clients
  /// of this door ask for; that it is what they get without `format`, and that mistakes find nothing here too, is
  /// assumed.
  func cdr(_ parameters: APIParameters, of state: some ApplianceState) -> APIReply {
    guard var pairs = parameters.pairs(without: Self.envelope) else { return .failed(.invalidParameters) }
    if !pairs.contains(where: { $0.name == "format" }) { pairs.append(("format", "json")) }
    let request = cdrRequestReader(at: .httpsAPI, of: state, recordsMax: settings.cdrRecordsMax).read(pairs)
    do throws(CDRRequest.Refusal) {
      return .rows(
        try Self.document(request, of: state), contentType: Self.contentType(of: request.format))
    } catch { return .failed(.databaseFailed) }
  }

  /// The bytes of a recording (observed), or -11.
  func recording(_ parameters: APIParameters, of state: some ApplianceState) -> APIReply {
    guard let name = parameters.text("filename") else {
      guard parameters.text("filedir") != nil else { return .failed(.invalidParameters) }
      return .response(["recfiles": []])
    }
    guard let bytes = Self.recording(name, in: parameters.text("filedir"), of: state) else {
      return .failed(Self.isFileName(name) ? .fileDoesNotExist : .invalidParameters)
    }
    return .document(bytes, contentType: "audio/x-wav")
  }

  /// Under its name, with or without the folder of its month in front; clients say that folder in `filedir`, and else
  /// `monitor` or `queue` (observed).
  static func recording(_ name: String, in folder: String?, of state: some ApplianceState) -> [UInt8]? {
    guard isFileName(name) else { return nil }
    if let bytes = state.recording(named: name) { return bytes }
    let inFolder = (folder ?? "") + "/" + name
    return isFileName(inFolder) ? state.recording(named: inFolder) : nil
  }

  /// `{"recordfiles":"2026-08/a.wav,2026-08/b.wav"}`, and -15 where there is none (observed with three clients).
  static func recordFiles(_ parameters: APIParameters, of state: some ApplianceState) -> APIReply {
    guard let id = parameters.text("id").flatMap({ Int64($0) }) else { return .failed(.invalidParameters) }
    let names = (state.recordFiles(ofRow: id) ?? "").split(separator: "@")
    guard !names.isEmpty else { return .failed(.invalidValue) }
    return .response(["recordfiles": .string(names.joined(separator: ","))])
  }
}
