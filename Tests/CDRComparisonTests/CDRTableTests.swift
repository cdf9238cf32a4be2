import CDRComparison
import PBXModel
import Primitives
import TestSupport
import Testing

private let base = #"""
  "","1","2","c","x","PJSIP/1-0000000a","PJSIP/2-0000000b","Dial","2,12","2026-11-20 22:00:00",,\#
  "2026-11-20 22:00:03",3,0,"BUSY","DOC"
  """#
private let api22 =
  "AcctId,accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,"
  + "disposition,amaflags,uniqueid,userfield,channel_ext,dstchannel_ext,service"
private let api32 =
  api22
  + ",caller_name,recordfiles,dstanswer,chanext,dstchanext,session,action_owner,action_type,"
  + "src_trunk_name,dst_trunk_name"
private let row22 =
  "62,,5300,5301,from-internal,\"pn01\" <5300>,SIP/5300-00000000,SIP/5301-00000001,Dial,SIP/5301,60,,"
  + "2013-12-03 11:46:40,"
  + "2013-12-03 11:46:42,2013-12-03 11:46:45,5,3,ANSWERED,DOCUMENTATION,1386064000.0,EXT,5300,5301,s"
private let row32 =
  "1,,1,2,from-internal,\"\"\"N\"\" <1>\",PJSIP/1-0000000a,PJSIP/2-0000000b,Dial,\"x,60\",2026-11-20 22:00:00,,,3,0,"
  + "BUSY,"
  + "DOCUMENTATION,1795212000.0,Internal,1,2,s,N,,,,,17952120001-1,1,DIAL,,"

@Suite struct CDRTableTests {
  @Test(arguments: [
    (base, CDRLayout.Writer.asterisk), (base + ",\"1795212000.1\"", .asterisk), (base + ",Internal", .asterisk),
    (base + ",\"1795212000.1\",\"\"", .asterisk), (base + ",\"\",\"1795212000.1\",4", .asterisk),
    (base + ",\"1795212000.1\",\"\",\"1795212000.1\",4", .asterisk),
    (base + ",\"1795212000.1\",\"\",\"\",\"1795212000.1\",4", .asterisk),
    (asteriskHeader + line(0, "1", "2", "BUSY", 3), .asterisk),
    (row22, .appliance), (api22 + "\n" + row22, .appliance), (row32, .appliance), (api32 + "\n" + row32, .appliance),
    (api32 + ",nat_call,wave_src_seqid,recordfiles_desc\n" + row32 + ",no,1,x", .appliance),
    ("17-1," + row32, .appliance),
    ("SRC,Dst,Start Time,Status,Talk Time\n1,2,2026-11-20 22:00:00,busy,0:00:00\n", .appliance),
    ("\u{feff}src,dst,start,disposition\r\n1,2,1795212000.123456,BUSY\r\n\r\n", .appliance),
  ])
  func whateverWroteItIsRead(text: String, writer: CDRLayout.Writer) throws {
    for piece in [1, 64, 100_000] {
      let found = try table(text, piece: piece)
      #expect(found.layout.writer == writer)
      #expect(found.rows.count == 1)
      #expect(found.rows.first?[.src] == "1" || found.rows.first?[.src] == "5300")
    }
  }

  @Test(arguments: [(asteriskHeader, CDRLayout.Writer.asterisk), (api32, .appliance), (api22 + "\r\n\r\n", .appliance)])
  func aHeaderAloneIsAFileOfNoCalls(text: String, writer: CDRLayout.Writer) throws {
    let found = try table(text)
    #expect(found.rows.isEmpty)
    #expect(found.layout.writer == writer)
  }

  @Test(arguments: ["", "0000-00-00 00:00:00", "0.000000", "0"])
  func aTimeOfZerosIsNone(text: String) throws {
    let found = try table("src,dst,start,disposition,answer\n1,2,1795212000,BUSY,\(text)\n")
    #expect(found.rows.map(\.answer) == [nil])
  }

  @Test func withoutIDsAChannelTellsTheRowsOfACall() throws {
    let found = try table(base + "\n" + base)
    #expect(found.rows.map(\.call) == ["PJSIP/1-0000000a", "PJSIP/1-0000000a"])
  }

  @Test func anUnquotedCommaOf2013BelongsToTheDialString() throws {
    let row = try #require(try table(api22 + "\n" + row22).rows.first)
    #expect(row[.lastdata] == "SIP/5301,60,")
    #expect(row[.clid] == "\"pn01\" <5300>")
    #expect((row.party, row.dstParty) == ("5300", "5301"))
    #expect((row.duration, row.billsec, row.disposition) == (5, 3, "ANSWERED"))
  }

  @Test(arguments: [
    ("PJSIP/1001-0000000a", "1001"), ("SIP/provider-a-000000ff", "provider-a"), ("PJSIP/trunk_1-00000010", "trunk_1"),
    ("DAHDI/o1-1", "o1"), ("Local/6400@from-internal-0000000a;2", "6400@from-internal"), ("PJSIP/my-phone", "my-phone"),
    ("", ""), ("1001", "1001"), ("IAX2/x", "x"), ("PJSIP/-", "-"), (";;//--", "/--"),
  ])
  func aChannelNamesItsParty(channel: String, party: String) throws {
    let row = try #require(try table("src,dst,start,disposition,channel\n1,2,1795212000,BUSY,\(channel)").rows.first)
    #expect(row.party == party)
  }

  @Test(arguments: [
    ("", "empty file", 1, 1), ("\n\n", "empty file", 1, 1), ("a,b,c\n", "3 fields", 1, 1),
    ("src,dst,disposition\n", "no column 'start'", 1, 1), ("src,src,dst,start,disposition\n", "twice", 1, 5),
    ("src,dst,start,disposition\n1,2\n", "2 fields where there are 4", 2, 4),
    ("src,dst,start,disposition\n1,2,2026-11-20 22:00:00,BUSY,x\n", "5 fields", 2, 31),
    ("src,dst,start,disposition\n1,2,2026-02-30 22:00:00,BUSY\n", "column start", 2, 5),
    ("src,dst,start,disposition\n1,2,2026-11-20 25:00:00,BUSY\n", "column start", 2, 5),
    ("src,dst,start,disposition\n1,2,yesterday,BUSY\n", "column start", 2, 5),
    ("src,dst,start,disposition\n1,2,,BUSY\n", "column start", 2, 5),
    ("src,dst,start,disposition\n1,2,2026-11-20 22:00:00,LOST\n", "ANSWERED", 2, 25),
    ("src,dst,start,disposition,duration\n1,2,1795212000,BUSY,long\n", "column duration", 2, 21),
    ("src,dst,start,disposition,duration\n1,2,1795212000,BUSY,-1\n", "column duration", 2, 21),
    ("src,dst,start,disposition,billsec\n1,2,1795212000,BUSY,99999999999999999999\n", "column billsec", 2, 21),
    ("src,dst,start,disposition,end\n1,2,1795212000,BUSY,22:00\n", "column end", 2, 21),
    ("src,dst,start,disposition\n1,2,1795212000,BUSY\n1,\"2,1795212000,BUSY\n", "not closed", 3, 3),
    ("src,dst,start,disposition\n1,2\u{0},1795212000,BUSY\n", "NUL", 2, 4),
    (base + "\n" + base + ",1\n", "17 fields", 2, 135), (String(repeating: "x,", count: 42), "43 fields", 1, 1),
    (row32 + "\n" + row22, "32 columns", 2, 212), ("SQLite format 3\u{0}", "NUL", 1, 16),
  ])
  func whatIsNoTableIsRefusedWithItsPlace(text: String, message: String, line: Int, column: Int) throws {
    let error = try #require(throws: CDRTableError.self) { try table(text) }
    #expect(error.message.contains(message))
    #expect(error.place == CSVPlace(line: line, column: column))
  }

  @Test func theChannelsIdsSayWhoseClockItIs() throws {
    let utc = asteriskHeader + line(0, "1001", "1002", "BUSY", 3)
    #expect(try table(utc, zone: .eastern).clock == .utc)
    #expect(try table(utc, zone: .eastern).rows.first?.start == evening)
    #expect(try table(utc, zone: .eastern, clock: .site).rows.first?.start == evening - 7200)
    let local = utc.replacing("2026-11-20 22:", with: "2026-11-21 00:")
    #expect(try table(local, zone: .eastern).clock == .site)
    #expect(try table(local, zone: .eastern).rows.first?.start == evening)
  }

  @Test func anHourThatComesTwiceIsTheOneOfTheChannel() throws {
    // 2023-10-29 02:30 in Berlin: 00:30 and 01:30 UTC.
    for seconds in [1_698_539_400, 1_698_543_000] {
      let text = "src,dst,start,disposition,uniqueid\n1,2,2023-10-29 02:30:00,BUSY,\(seconds).4\n"
      #expect(try table(text, zone: .berlin2023, clock: .site).rows.first?.start == Int64(seconds))
    }
  }
}
