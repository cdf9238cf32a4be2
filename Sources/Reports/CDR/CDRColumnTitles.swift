import HardwareProfiles
import PBXModel
import Simulation

/// The titles of the columns in the CSV that the web GUI lets one download.
///
/// The whole line was not seen. Documented are those of caller, callee, context and the two channels (user manuals,
/// "Downloaded CDR File": of firmware 1.0.9.25 for the first age, of the 62xx for the later ones); the others are
/// recalled, or made from the API's names: assumed. That every column of the API is there, in its order, is assumed
/// too.
enum CDRColumnTitles {
  static func titles(in schema: CDRSchema) -> [String] { schema.fields.map { title(of: $0, in: schema) } }

  private static func title(of field: CDRField, in schema: CDRSchema) -> String {
    switch field {
    case .acctId: "AcctId"
    case .accountCode: "Account Code"
    case .src: parties(in: schema).caller
    case .dst: parties(in: schema).callee
    case .dcontext: "Context"
    case .clid: "Caller ID"
    case .channel: "Source Channel"
    case .dstchannel: "Dest Channel"
    case .lastapp: "Lastapp"
    case .lastdata: "Lastdata"
    case .start: "Start Time"
    case .answer: "Answer Time"
    case .end: "End Time"
    case .duration: "Call Time"
    case .billsec: "Talk Time"
    case .disposition: "Call Status"
    case .amaflags: "AMA Flags"
    case .uniqueid: "Unique ID"
    case .userfield: "Call Type"
    case .channelExt: "Source Channel Extension"
    case .dstchannelExt: "Dest Channel Extension"
    case .service: "Service"
    case .callerName: "Caller Name"
    case .recordfiles: "Recording Files"
    case .dstanswer: "Answer By"
    case .chanext: "Channel Ext"
    case .dstchanext: "Dest Channel Ext"
    case .session: "Session"
    case .actionOwner: "Premier Caller"
    case .actionType: "Action Type"
    case .srcTrunkName: "Source Trunk Name"
    case .dstTrunkName: "Destination Trunk Name"
    case .natCall, .natCallPeer, .videoCall, .gdmsUniqueCode, .gdsCall, .gscCall, .waveSrcSeqid, .waveDstSeqid,
      .deviceInfo, .deviceInfoPeer, .recordfilesDesc:
      field.rawValue
    }
  }

  private static func parties(in schema: CDRSchema) -> (caller: String, callee: String) {
    switch schema {
    case .fields22: ("Call From", "Call To")
    case .fields32, .fields43: ("Caller Number", "Callee Number")
    }
  }
}
