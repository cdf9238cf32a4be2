/// Where other software gets in. The raw values are the keys of `apiDoors:` in a profile file.
public enum APIDoorName: String, Hashable, Sendable, CaseIterable {
  /// JSON requests with challenge and login, "HTTPS API (New)" in the web GUI.
  case httpsAPI
  /// CDRs by GET with digest authentication, of the "(Old)" tab.
  case cdrAPI
  /// Recordings by GET, beside the CDRs.
  case recordingAPI
  /// Requests of hotel software, of the "(Old)" tab.
  case pmsAPI
  /// The appliance sends each CDR as soon as it is written.
  case realTimeCDR
  /// Notices of extensions and calls, pushed to who subscribed.
  case webSocket
}

/// One way in or out for other software.
public struct APIDoor: Hashable, Sendable, CustomStringConvertible {
  /// Where the appliance listens before anybody changes it; nil where it connects itself, or where that is not known.
  public var port: Int?
  /// What a request's path begins with; nil where there is none, or where it is not known.
  public var path: String?
  /// The first firmware with it, as the vendor counts; nil where that is not known.
  public var sinceFirmware: String?

  /// Takes every part as it is.
  public init(port: Int? = nil, path: String? = nil, sinceFirmware: String? = nil) {
    self.port = port
    self.path = path
    self.sinceFirmware = sinceFirmware
  }

  /// `port 8089, path /api, since 1.0.5.4`, as far as known; `yes` when nothing is but that it is there.
  public var description: String {
    let parts = [
      port.map { "port \($0)" }, path.map { "path \($0)" }, sinceFirmware.map { "since \($0)" },
    ].compactMap(\.self)
    return parts.isEmpty ? "yes" : parts.joined(separator: ", ")
  }
}
