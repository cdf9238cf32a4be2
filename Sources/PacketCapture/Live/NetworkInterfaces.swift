import CPcap
import Glibc

/// The interfaces of this machine.
enum NetworkInterfaces {
  /// All of them at once, as libpcap calls it on Linux.
  private static let any = "any"

  /// Those that can be listened on, in the kernel's order; `any` at the end.
  static var names: [String] {
    var names: [String] = []
    forEach { name, _ in if !names.contains(name) { names.append(name) } }
    return names + [any]
  }

  static func exists(_ name: String) -> Bool { name == any || if_nametoindex(name) != 0 }

  /// `any` is always.
  static func isUp(_ name: String) -> Bool {
    if name == any { return true }
    var isUp = false
    forEach { one, flags in if one == name { isUp = isUp || flags & UInt32(IFF_UP) != 0 } }
    return isUp
  }

  /// An interface may come more than once, with each of its addresses.
  private static func forEach(_ body: (_ name: String, _ flags: UInt32) -> Void) {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return }
    defer { freeifaddrs(first) }
    var next = first
    while let entry = next?.pointee {
      if let name = entry.ifa_name { body(String(cString: name), UInt32(entry.ifa_flags)) }
      next = entry.ifa_next
    }
  }
}
