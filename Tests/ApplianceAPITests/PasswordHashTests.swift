import ApplianceAPI
import Primitives
import Testing

@Suite struct PasswordHashTests {
  private static let salt = Array("NaCl".utf8) + Array(repeating: 0, count: 12) as [UInt8]

  private func cheap(_ password: String, salt: [UInt8] = salt) throws -> PasswordHash {
    let cost = try #require(PasswordHash.Cost(rounds: 4))
    return try #require(PasswordHash(of: Secret(password), salt: salt, cost: cost))
  }

  /// A vector of RFC 7914 section 12, and one made with Python's hashlib.
  @Test(arguments: [
    (
      "pleaseletmein",
      "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU"
        + "$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw"
    ),
    ("pässwörd", "$scrypt$ln=10,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$+klCkubs0ckYiTbZO4MWS3k2LxOt6MCvuou+ZUKyyp4"),
  ])
  func itIsScryptAsOthersMakeIt(password: String, text: String) throws {
    let hash = try #require(PasswordHash(text))
    #expect(hash.matches(Secret(password)))
    #expect(!hash.matches(Secret(password + "x")))
  }

  @Test func aPasswordMatchesItsHashAndNoOther() throws {
    let hash = try cheap("correct horse")
    #expect(hash.matches(Secret("correct horse")))
    for other in ["", "correct horse ", "Correct horse", "correct hors"] {
      #expect(!hash.matches(Secret(other)), "\(other)")
    }
    #expect(try cheap("").matches(Secret("")))
  }

  @Test func itsTextReadsBack() throws {
    let hash = try cheap("pässwörd")
    #expect(hash.text.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
    let read = try #require(PasswordHash(hash.text))
    #expect(read == hash && read.matches(Secret("pässwörd")))
  }

  @Test func anotherSaltGivesAnotherHash() throws {
    #expect(try cheap("x").text != cheap("x", salt: Array(1...16)).text)
    let cost = try #require(PasswordHash.Cost(rounds: 4))
    for salt in [[], [1, 2, 3], Array(repeating: 0, count: 65)] as [[UInt8]] {
      #expect(PasswordHash(of: Secret("x"), salt: salt, cost: cost) == nil)
    }
  }

  @Test func neitherItsDescriptionNorADumpShowsIt() throws {
    let hash = try cheap("x")
    var dumped = ""
    dump(hash, to: &dumped)
    for text in ["\(hash)", "\(hash.customMirror.children.count)", dumped] { #expect(!text.contains("$")) }
  }

  @Test(arguments: [
    "", "$", "$scrypt$", "scrypt", "$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$", "$scrypt$ln=4,r=8,p=1$$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "$scrypt$ln=4,r=8,p=1$AA$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==",
    "$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAA.AA$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8,p=1,x=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$r=8,ln=4,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=0,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=-4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=9999999999999999999999,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  ])
  func whatIsNoHashIsNotRead(text: String) { #expect(PasswordHash(text) == nil) }

  /// Whoever can write a password file must not be able to have the machine's memory or hours.
  @Test(arguments: ["ln=20,r=32,p=1", "ln=20,r=8,p=16", "ln=19,r=8,p=2", "ln=63,r=8,p=1", "ln=21,r=1,p=1"])
  func aHashThatCostsTooMuchIsNotRead(cost: String) {
    #expect(PasswordHash("$scrypt$\(cost)$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA") == nil)
  }
}
