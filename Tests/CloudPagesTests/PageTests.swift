import CloudPages
import Testing

struct PageTests {
  private func html(_ blocks: [PageBlock]) -> String {
    String(decoding: Page(product: "Zoho CRM", title: "Contacts", blocks: blocks).html(), as: UTF8.self)
  }

  @Test func aPageHasOneMainHeadingALanguageAndAStyleSheetOfItsOwnHost() {
    let text = html([.text("Nobody yet.")])
    #expect(text.hasPrefix("<!doctype html>") && text.contains(#"<html lang="en">"#))
    #expect(text.contains("<h1>Contacts</h1>") && text.contains("<title>Contacts - Zoho CRM</title>"))
    #expect(text.contains(#"<link rel="stylesheet" href="/page.css">"#) && text.contains("<p>Nobody yet.</p>"))
  }

  @Test func markupInAnyTextIsInert() {
    let bad = #"<script>alert("x")</script>'"#
    let form = PageForm(
      id: "f", action: bad, hidden: [.init(bad, bad)],
      fields: [
        PageField("a", bad, value: bad, hint: bad, error: bad), PageField("b", bad, .multiline, value: bad),
        PageField("c", bad, .choice([PageOption(bad, bad)])), PageField("d", bad, .checkbox(isOn: true), value: bad),
      ], buttons: [PageButton(bad, sending: .init(bad, bad))])
    let table = PageTable(
      id: "t", caption: bad, columns: [bad], rows: [[.text(bad)], [.link(PageLink(bad, bad))], [.button(form)]],
      emptyText: bad)
    var page = Page(product: bad, title: bad, session: .init(name: bad, signOutAction: bad, token: bad))
    page.navigation = [PageLink(bad, bad)]
    page.notices = [PageNotice(.error, bad)]
    page.blocks = [
      .section(id: "s", title: bad, [.text(bad), .form(form)]), .links([PageLink(bad, bad)]),
      .list([bad], numbered: true), .list([bad], numbered: false), .facts([PageFact(id: "x", bad, bad, target: bad)]),
      .code(id: "k", label: bad, text: bad), .table(table),
    ]
    let text = String(decoding: page.html(), as: UTF8.self)
    #expect(!text.contains("<script") && text.contains("&lt;script&gt;"))
    // A quotation mark that got through would end an attribute.
    #expect(!text.contains(#"alert("x")"#))
  }

  @Test func sectionsNestAndKeepTheirOwnBlocks() {
    let text = html([
      .section(id: "a", title: "A", [.text("one"), .section(id: "b", title: "B", [.text("two")])]), .text("three"),
    ])
    for wanted in ["<p>one</p>", "<p>two</p>", "<p>three</p>"] {
      #expect(text.ranges(of: wanted).count == 1)
    }
  }

  @Test func anEmptyTableSaysSo() {
    let table = PageTable(id: "t", caption: "Calls", columns: ["Subject"], rows: [], emptyText: "No calls today.")
    let text = html([.table(table)])
    #expect(text.contains(#"<p id="t" class="empty">No calls today.</p>"#) && !text.contains("<table"))
  }

  @Test func everyFieldHasItsLabel() {
    let fields = [
      PageField("mail", "Email", .email, value: "a@example.com", isRequired: true, hint: "Your address"),
      PageField("word", "Password", .password), PageField("note", "Note", .multiline, value: "x"),
      PageField("two", "Use it", .checkbox(isOn: true), value: "yes"),
      PageField(
        "time", "Time", .choice([PageOption("3", "3 minutes"), PageOption("10", "10 minutes", isChosen: true)])),
    ]
    let text = html([.form(PageForm(id: "f", action: "/x", fields: fields, buttons: [PageButton("Save")]))])
    #expect(text.contains(#"<label for="mail">Email</label>"#) && text.contains(#"aria-describedby="mail-hint""#))
    #expect(text.contains(#"<input type="email" id="mail" name="mail" value="a@example.com" required"#))
    #expect(text.contains(#"value="yes" checked> Use it</label>"#))
    #expect(text.contains(#"<option value="10" selected>10 minutes</option>"#))
    #expect(text.contains(#"<button type="submit">Save</button>"#))
  }

  @Test func theSamePageGivesTheSameBytes() {
    let page = Page(product: "p", title: "t", blocks: [.facts([PageFact(id: "a", "n", "")])])
    #expect(page.html() == page.html() && String(decoding: page.html(), as: UTF8.self).contains("–"))
  }
}
