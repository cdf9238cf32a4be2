import PacketFormats
import Primitives

func decode(_ frame: [UInt8], linkType: LinkType = .ethernet) -> FrameContent {
  frame.withUnsafeBytes { FrameDecoder.decode($0, linkType: linkType) }
}

let phone = IPEndpoint(address: IPAddress(v4: 0xc000_0201), port: 5062)
let appliance = IPEndpoint(address: IPAddress(v4: 0xc633_6401), port: 5060)
let phoneV6 = IPEndpoint(address: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 2), port: 5062)
let applianceV6 = IPEndpoint(address: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 1), port: 5060)

let text = Array("OPTIONS sip:ucm SIP/2.0\r\n\r\n".utf8)
