import FuzzTargets
import Glibc

// Runs one target under libFuzzer, whose options are the arguments (https://llvm.org/docs/LibFuzzer.html). libFuzzer
// starts itself again for some of its work, with the same arguments; so the target's name is in the environment.

typealias FuzzedFunction = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>, _ function: FuzzedFunction
) -> CInt

guard ChosenTarget.target != nil else {
  print("UCMSIM_FUZZ_TARGET is none of \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
  exit(2)
}
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
  runFuzzer(&count, &arguments) { bytes, count in
    ChosenTarget.run(bytes, count)
    return 0
  })
