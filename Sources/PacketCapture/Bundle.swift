import Glibc

/// The captures in a tar archive, such as the rotated files of one interface.
///
/// Nothing is unpacked under its name. Members of an archive that lies on disk are read where they are; those of one
/// that is compressed or comes through a pipe are copied into one file without a name.
struct Bundle {
  /// Captures in one bundle; more are refused.
  static let maximumCaptureCount = 4096
  /// Bytes copied out of one bundle: what a few kilobytes can be made to unpack to must not fill the disk.
  static let maximumCopiedByteCount: Int64 = 16 << 30
  /// Bytes behind the archive's end that are still read, to hear whether the program that unpacks it is content.
  private static let maximumTailByteCount = 64 << 20

  /// In the order of the archive.
  private(set) var captures: [CaptureOrigin] = []
  private(set) var notices = TraceNotices()
  /// Why the archive broke off; the captures before that are there.
  private(set) var failure: TraceError?

  init(_ stream: ByteStream, name: String) throws(TraceError) {
    let place = stream.place
    let walked = place.map { ByteStream($0.file, from: $0.start, count: $0.count) } ?? stream
    do throws(TraceError.Kind) {
      try collect(walked, name, place.map { ($0.file, $0.start) })
    } catch {
      let toolError = walked.isAtEnd ? walked.toolError(name) : nil
      failure = toolError ?? TraceError(file: name, byteOffset: walked.position, kind: error)
    }
    if failure == nil, place == nil {
      let end = walked.position
      while walked.has(1), walked.position - end < Self.maximumTailByteCount { walked.skip(walked.available) }
      if walked.isAtEnd { failure = walked.toolError(name) }
    }
    if captures.isEmpty {
      throw failure ?? TraceError(file: name, kind: .unusableBundle(reason: "no capture is in it"))
    }
    switch failure?.kind {
    case .unusableBundle, .readFailed: if let failure { throw failure }
    default: break
    }
  }

  private mutating func collect(
    _ stream: ByteStream, _ name: String, _ onDisk: (file: OpenFile, start: Int64)?
  ) throws(TraceError.Kind) {
    var archive = TarArchive(stream)
    var memberCount = 0
    var copied: Int64 = 0
    var copy: OpenFile?
    while let entry = try archive.next() {
      memberCount += 1
      guard memberCount <= TarArchive.maximumMemberCount else {
        throw .unusableBundle(reason: "it has more than \(TarArchive.maximumMemberCount) members")
      }
      let member: String
      let byteCount: Int64
      switch entry {
      case .other(let other, let count):
        if count > 0 || !other.hasSuffix("/") { notices.add(.otherMembers, in: name, detail: other) }
        guard stream.pass(TarArchive.padded(count)) else { throw .cutShort(reason: "it ends within \(other)") }
        continue
      case .file(let file, let count): (member, byteCount) = (file, count)
      }
      let isCandidate = Self.mayBeCapture(stream, byteCount)
      if !isCandidate { notices.add(.otherMembers, in: name, detail: member) }
      if isCandidate, captures.count >= Self.maximumCaptureCount {
        throw .unusableBundle(reason: "it has more than \(Self.maximumCaptureCount) captures")
      }
      let memberName = "\(name): \(member)"
      let padding = TarArchive.padded(byteCount) - byteCount
      if isCandidate, onDisk == nil {
        guard byteCount <= Self.maximumCopiedByteCount - copied else {
          throw .unusableBundle(reason: "its captures have more than \(Self.maximumCopiedByteCount >> 30) GiB")
        }
        let written: Int64
        do throws(SystemError) {
          if copy == nil { copy = try unnamedFile() }
          guard let target = copy else { throw .last }
          written = try Self.copy(stream, byteCount, to: target)
          captures.append(.member(of: target, start: copied, byteCount: written, name: memberName))
        } catch {
          throw .readFailed(reason: "its members cannot be copied to a temporary file: \(error.text)")
        }
        copied += written
        guard written == byteCount, stream.pass(padding) else { throw .cutShort(reason: "it ends within \(member)") }
        continue
      }
      if isCandidate, let onDisk {
        let start = onDisk.start + stream.position
        captures.append(.member(of: onDisk.file, start: start, byteCount: byteCount, name: memberName))
      }
      guard stream.pass(byteCount), stream.pass(padding) else { throw .cutShort(reason: "it ends within \(member)") }
    }
  }

  private static func mayBeCapture(_ stream: ByteStream, _ byteCount: Int64) -> Bool {
    let first = stream.peek(Int(min(byteCount, 8)))
    guard first.count >= 4 else { return false }
    let magic = first.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
    return magic == 0x0a0d_0d0a || ClassicReader.recognises(magic)
      || Compression(FileAppearance(firstBytes: first)) != nil
  }

  /// Copies bytes to the end of a file; fewer than asked for when the stream ends.
  @discardableResult
  static func copy(_ stream: ByteStream, _ byteCount: Int64, to file: OpenFile) throws(SystemError) -> Int64 {
    var left = byteCount
    while left > 0, stream.has(1) {
      let count = Int(min(left, Int64(stream.available)))
      var written = 0
      while written < count {
        let result = write(file.descriptor, stream.bytes + written, count - written)
        guard result > 0 else { throw .last }
        written += result
      }
      stream.skip(count)
      left -= Int64(count)
    }
    if let failure = stream.failure { throw SystemError(number: failure) }
    return byteCount - left
  }
}
