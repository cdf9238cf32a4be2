/// Which set of columns the family's CDR has, by the number of columns.
public enum CDRSchema: String, Hashable, Sendable, CaseIterable {
  /// Firmware of 2013, up to `service` (reference section 5.1, documented).
  case fields22
  /// The 62xx and 6510 families, up to `dst_trunk_name` (reference section 5.1, observed).
  case fields32
  /// The 63xx family, with NAT, video and device columns besides (reference section 5.1, observed).
  case fields43
}

/// The first part of a SIP channel's name in the CDR.
public enum ChannelTechnology: String, Hashable, Sendable, CaseIterable {
  /// Old firmware, on Asterisk's chan_sip (reference section 5.1, documented).
  case sip = "SIP"
  /// Later firmware, on Asterisk's chan_pjsip (reference section 5.1, observed).
  case pjsip = "PJSIP"
}
