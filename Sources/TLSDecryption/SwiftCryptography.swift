import Crypto
import CryptoExtras
import Foundation
public import PacketFormats

/// What reading TLS takes, by swift-crypto.
public struct SwiftCryptography: TLSCryptography {
  /// Has no state.
  public init() {}

  /// HMAC (RFC 2104).
  public func hmac(_ hash: TLSHash, key: [UInt8], _ data: [UInt8]) -> [UInt8] {
    let key = SymmetricKey(data: key)
    return switch hash {
    case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: data, using: key))
    case .sha256: Array(HMAC<SHA256>.authenticationCode(for: data, using: key))
    case .sha384: Array(HMAC<SHA384>.authenticationCode(for: data, using: key))
    }
  }

  /// Opens what an AEAD sealed; nil when it does not open.
  public func open(
    _ cipher: TLSCipher, key: [UInt8], nonce: [UInt8], _ sealed: UnsafeRawBufferPointer, additionalData: [UInt8]
  ) -> [UInt8]? {
    guard sealed.count >= 16, nonce.count == 12 else { return nil }
    let ciphertext = UnsafeRawBufferPointer(rebasing: sealed.dropLast(16))
    let tag = UnsafeRawBufferPointer(rebasing: sealed.suffix(16))
    let key = SymmetricKey(data: key)
    do {
      switch cipher {
      case .aesGCM:
        let box = try AES.GCM.SealedBox(nonce: AES.GCM.Nonce(data: nonce), ciphertext: ciphertext, tag: tag)
        return Array(try AES.GCM.open(box, using: key, authenticating: additionalData))
      case .chaCha20Poly1305:
        let box = try ChaChaPoly.SealedBox(nonce: ChaChaPoly.Nonce(data: nonce), ciphertext: ciphertext, tag: tag)
        return Array(try ChaChaPoly.open(box, using: key, authenticating: additionalData))
      }
    } catch {
      // A wrong key and a damaged record look the same, and are told apart by nobody.
      return nil
    }
  }

  /// Decrypts AES-CBC, padding included; nil when it cannot be.
  public func decryptCBC(key: [UInt8], initialVector: [UInt8], _ ciphertext: UnsafeRawBufferPointer) -> [UInt8]? {
    do {
      let vector = try AES._CBC.IV(ivBytes: initialVector)
      return Array(
        try AES._CBC.decrypt(Data(ciphertext), using: SymmetricKey(data: key), iv: vector, noPadding: true))
    } catch {
      return nil
    }
  }
}
