import Glibc

/// What a trace holds once its compression is undone.
enum TraceContents {
  case capture(ByteStream)
  case bundle(Bundle)

  /// A trace may be compressed so many times over.
  private static let maximumCompressionDepth = 3

  /// Looks at the first bytes and starts what programs it takes to see more.
  static func open(_ origin: CaptureOrigin) throws(TraceError) -> TraceContents {
    let name = origin.name
    var stream = try origin.open()
    for _ in 0...maximumCompressionDepth {
      let first = stream.peek(FileAppearance.usefulByteCount)
      if let failure = stream.failure {
        throw TraceError(file: name, kind: .readFailed(reason: TraceError.text(ofErrno: failure)))
      }
      if first.isEmpty { throw stream.toolError(name) ?? TraceError(file: name, kind: .empty) }
      if isCapture(first) { return .capture(stream) }
      let appearance = FileAppearance(firstBytes: first)
      if appearance == .tar { return .bundle(try Bundle(stream, name: name)) }
      guard let compression = Compression(appearance) else {
        if let error = stream.isAtEnd ? stream.toolError(name) : nil { throw error }
        guard first.count >= 4 || appearance != .unknown else {
          throw TraceError(
            file: name, byteOffset: 0, kind: .cutShort(reason: "it has \(first.count) of 24 header bytes"))
        }
        throw TraceError(file: name, kind: .notACapture(appearance))
      }
      do throws(SystemError) {
        stream = try decompress(stream, by: compression.tool)
      } catch {
        let tool = compression.tool
        throw TraceError(
          file: name,
          kind: error.number == ENOENT
            ? .toolMissing(name: tool.name, package: tool.package)
            : .undecodable(reason: "\(tool.name) cannot be started: \(error.text)"))
      }
    }
    throw TraceError(
      file: name, kind: .undecodable(reason: "it is compressed more than \(maximumCompressionDepth) times over"))
  }

  private static func isCapture(_ first: [UInt8]) -> Bool {
    guard first.count >= 4 else { return false }
    let magic = first.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
    return magic == 0x0a0d_0d0a || ClassicReader.recognises(magic)
  }

  private static func decompress(_ stream: ByteStream, by tool: ToolProcess.Tool) throws(SystemError) -> ByteStream {
    var tools = stream.tools
    var input = stream.file
    var prefix: OpenFile?
    if let place = stream.place {
      input = try standAlone(place)
    } else {
      // The bytes looked at can't be put back into a pipe: `cat` hands them on in front of the rest.
      let ends = try pipe()
      let seen = stream.peek(stream.available)
      // A pipe takes at least 4,096 bytes at once.
      guard write(ends.input.descriptor, seen, seen.count) == seen.count else { throw .last }
      prefix = ends.output
    }
    if let prefix {
      let cat = ToolProcess.Tool(name: "cat", package: "coreutils", arguments: ["/dev/fd/3", "-"])
      let (process, output) = try ToolProcess.start(cat, input: input, prefix: prefix)
      tools.append(process)
      input = output
    }
    let (process, output) = try ToolProcess.start(tool, input: input)
    return ByteStream(output, size: nil, tools: tools + [process])
  }

  /// A descriptor that stands at the first byte and ends with the last.
  private static func standAlone(_ place: (file: OpenFile, start: Int64, count: Int64)) throws(SystemError) -> OpenFile
  {
    var status = stat()
    guard fstat(place.file.descriptor, &status) == 0 else { throw .last }
    if place.start + place.count >= Int64(status.st_size), lseek(place.file.descriptor, 0, SEEK_CUR) >= 0 {
      // Another member of the same bundle may be read from this descriptor, but never by where it stands.
      guard lseek(place.file.descriptor, off_t(place.start), SEEK_SET) >= 0 else { throw .last }
      return place.file
    }
    let copy = try unnamedFile()
    try Bundle.copy(ByteStream(place.file, from: place.start, count: place.count), place.count, to: copy)
    guard lseek(copy.descriptor, 0, SEEK_SET) == 0 else { throw .last }
    return copy
  }
}

extension ByteStream {
  /// Why the programs that made these bytes failed; nil when they did not. Only at the end: it waits for theirs.
  func toolError(_ name: String, after frame: Int = 0) -> TraceError? {
    for tool in tools {
      guard let message = tool.failure() else { continue }
      let isCut = Compression.saysCutShort(message)
      return TraceError(
        file: name, frame: frame, byteOffset: position,
        kind: isCut ? .cutShort(reason: message) : .undecodable(reason: message))
    }
    return nil
  }
}
