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

  @Test(arguments: [
    ("", "<![CDATA[]]>"), (#"<a b="c">'&amp;"#, #"<![CDATA[<a b="c">'&amp;]]>"#),
    ("]]>", "<![CDATA[]]]]><![CDATA[>]]>"), ("a]]>]]>b", "<![CDATA[a]]]]><![CDATA[>]]]]><![CDATA[>b]]>"),
    ("]]", "<![CDATA[]]]]>"), ("\u{0}a\u{1b}]\u{0}]>\u{ffff}", "<![CDATA[a]]]]><![CDATA[>]]>"),
  ])
  func aSectionHasNoEndWithinIt(text: String, expected: String) {
    #expect(XMLText.section(text) == expected)
  }
}
