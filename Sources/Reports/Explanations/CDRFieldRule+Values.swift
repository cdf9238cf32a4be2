import PBXModel
import Primitives

/// Columns whose rule depends on what the row is.
extension CDRFieldRule {
  static func ofAnswer(_ disposition: Disposition) -> Self {
    switch disposition {
    case .answered: Self(.derived, "when it was answered; after a transfer, the lot or a pick-up, when that part began")
    case .noAnswer: Self(.derived, "equals end on NO ANSWER, and is not empty (628 rows of 628)", "5.2")
    case .busy, .failed: Self(.derived, "empty on BUSY and FAILED (138 rows of 138)", "5.2")
    }
  }

  static func ofEnd(_ disposition: Disposition) -> Self {
    switch disposition {
    case .answered, .noAnswer:
      Self(.derived, "when the leg was over, or a turn put others together", "5.2", .upstream)
    case .busy, .failed: Self(.derived, "empty on BUSY and FAILED (138 rows of 138)", "5.2")
    }
  }

  static func ofDuration(_ disposition: Disposition) -> Self {
    switch disposition {
    case .answered, .noAnswer: Self(.derived, "whole seconds from start to end, cut and not rounded")
    case .busy, .failed: Self(.derived, "whole seconds, cut; may be above 0 though end is empty", "5.2")
    }
  }

  static func ofTalkTime(_ disposition: Disposition) -> Self {
    switch disposition {
    case .answered: Self(.derived, "whole seconds from answer to end, cut; may be 0", "5.2")
    case .noAnswer, .busy, .failed: Self(.derived, "0 unless ANSWERED", "5.2")
    }
  }

  static func ofDisposition(_ row: CDRRecord) -> Self {
    switch row.disposition {
    case .answered where row.lastapp == "ForkCDR":
      Self(.derived, "a menu's or group's own row is ANSWERED whatever follows", "5.2")
    case .answered: Self(.derived, "this part was answered, by a phone, a trunk or the PBX itself")
    case .noAnswer:
      Self(.derived, "as Asterisk reads a leg that was given up, declined or not there", "2", .upstream)
    case .busy: Self(.derived, "486 and 600 are BUSY", "2", .upstream)
    case .failed: Self(.derived, "refused by the PBX, or by congestion", "2", .upstream)
    }
  }

  static func ofChannel(_ channel: String) -> Self {
    channel.isEmpty
      ? Self(.derived, "empty, for no callee's leg existed")
      : Self(.derived, "technology, extension or trunk_<n>, and the channel's number since boot in 8 hex digits")
  }

  static func ofContext(_ row: CDRRecord) -> Self {
    let context = row.dcontext
    if context == "from-did-direct" || context.hasPrefix("ext-did-") {
      return Self(.derived, "from-did-direct where a DID leads to an extension, else ext-did-<trunk>", "5.1", .assumed)
    }
    if context == "did-local" {
      return row.lastapp == "Congestion"
        ? Self(.derived, "of calls by a trunk that the box refuses", "2")
        : Self(.derived, "of calls by a trunk that dialled no extension", "5.1", .assumed)
    }
    if context == "after-outbound-context" { return Self(.derived, "of a number that leads nowhere", "2") }
    if context == "from-internal-xfer" {
      return Self(.derived, "of what a blind transfer dialled", "5.1", .upstream)
    }
    if context.hasPrefix("outbound-route-") { return Self(.derived, "the outbound route taken, by its number") }
    if context.hasPrefix("ivr-") { return Self(.derived, "the menu's own") }
    return Self(.derived, "of what an extension dials", "5.1")
  }

  static func ofApplication(_ row: CDRRecord) -> Self {
    switch row.lastapp {
    case "ForkCDR": Self(.derived, "of the row of a menu or group", "5.2")
    case "VoiceMail": Self(.derived, "of a mailbox that answered", "5.2")
    case "Congestion": Self(.derived, "of a call that is refused for want of a place or a line", "2")
    case "Playback": Self(.derived, "of an announcement: wrong number, no permission, or a service unknown", "2")
    case "Dial": Self(.derived, "somebody was dialled")
    case "Park", "ParkedCall": Self(.derived, "of the parking lot", "5.2")
    default: Self(.derived, "the last application of Asterisk's dialplan that ran", "5.1", .upstream)
    }
  }

  static func ofApplicationData(_ row: CDRRecord) -> Self {
    switch row.lastapp {
    case "Dial": Self(.derived, "the dial string: channel, seconds to ring and options, as in real rows", "5.2")
    case "VoiceMail": Self(.derived, "the mailbox, with u where it did not answer and b where it was busy", "5.2")
    case "Congestion", "Playback": Self(.derived, "what the application was given, as in real rows", "2")
    case "Park", "ParkedCall": Self(.derived, "the place in the lot", "5.2")
    default: Self(.derived, "the arguments of lastapp", "5.1", .upstream)
    }
  }

  static func ofAction(_ type: String) -> Self {
    if type.contains("[") { return Self(.derived, "the service the call came to, with its number", "5.2") }
    switch type {
    case "DIAL": return Self(.derived, "somebody or something was dialled")
    case "VM", "PARKEDCALL": return Self(.derived, "the service that took the call", "5.2")
    case "TRANSFER": return Self(.derived, "what follows a transfer")
    default: return Self(.derived, "the service that took the call", "5.1", .assumed)
    }
  }
}
