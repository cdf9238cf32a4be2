import Glibc

/// The file a cloud is kept in, looked at before SQLite touches it.
struct CloudStoreFile {
  let path: String

  /// Makes an empty file for a new cloud, for its owner only; checks one that is there.
  func prepare() throws(CloudStoreError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw CloudStoreError(.unwritable, path: path, message: "expected a file, found something else")
    }
    if status.st_mode & 0o077 != 0, fchmod(descriptor, 0o600) != 0 { throw failure(errno) }
    var header = [UInt8](repeating: 0, count: 100)
    let count = read(descriptor, &header, header.count)
    guard count >= 0 else { throw failure(errno) }
    if count == 0 { return }
    guard count == header.count, header.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw CloudStoreError(
        .foreign, path: path, message: "expected the state of a cloud, found a file of another kind or a damaged one")
    }
    let applicationID = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard applicationID == UInt32(bitPattern: CloudStoreSchema.applicationID) else {
      throw CloudStoreError(
        .foreign, path: path, message: "expected the state of a cloud, found an SQLite database of another program")
    }
  }

  private func failure(_ code: Int32) -> CloudStoreError {
    CloudStoreError(.unwritable, path: path, message: String(cString: strerror(code)))
  }
}
