extension DescribedTexts {
  /// The settings with these texts where the firmware's own would stand.
  func applied(to settings: ConnectorSettings) -> ConnectorSettings {
    var settings = settings
    if let subject { settings.callSubject = subject }
    if let inbound { settings.callDescriptions.inbound = inbound }
    if let missed { settings.callDescriptions.missed = missed }
    if let outbound { settings.callDescriptions.outbound = outbound }
    if let unanswered { settings.callDescriptions.unansweredOutbound = unanswered }
    return settings
  }
}
