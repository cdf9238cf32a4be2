import FuzzTargets
import Glibc

enum ChosenTarget {
  /// The one the environment names.
  static let target = getenv("UCMSIM_FUZZ_TARGET").flatMap { FuzzTarget.named(String(cString: $0)) }

  static func run(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
    guard let law = target?.run(UnsafeRawBufferPointer(start: bytes, count: count)) else { return }
    fatalError("law broken: \(law)")
  }
}
