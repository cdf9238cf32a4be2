extension CallRecordTexts {
  /// The call type (documented), the same in both versions of the API.
  var zohoType: String {
    switch direction {
    case .inbound: "Inbound"
    case .outbound: "Outbound"
    case .missed: "Missed"
    }
  }
}
