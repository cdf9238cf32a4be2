import Primitives
import Testing

/// What every request and answer in XML writes its texts with.
struct XMLTextTests {
  @Test(arguments: [
    ("", ""), ("Müller 📞", "Müller 📞"), (#"<a b="c">'&amp;"#, "&lt;a b=&quot;c&quot;&gt;&apos;&amp;amp;"),
    ("]]>", "]]&gt;"), ("tab\tline\r\n", "tab\tline\r\n"), ("\u{0}a\u{1b}b\u{fffe}\u{ffff}", "ab"),
  ])
  func textStandsAsItIsReadBack(text: String, expected: String) {
    #expect(XMLText.escaped(text) == expected)
  }
}
