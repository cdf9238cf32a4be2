import CRMConnectors
import Primitives
import Testing

struct SecrecyTests {
  private func printed(_ value: Any) -> String {
    var text = String(describing: value) + String(reflecting: value)
    dump(value, to: &text)
    return text
  }

  @Test func noPrintingShowsASecretATokenOrANumber() throws {
    var dialogue = try Dialogue()
    let login = dialogue.connector.logIn(at: dialogue.now)
    let answer = CRMAnswer.token("1000.first.token")
    _ = dialogue.answer(login, answer)
    let search = dialogue.ask("+15550100")
    for value in [dialogue.connector, login, search, answer, Dialogue.credentials] as [Any] {
      let text = printed(value)
      for secret in [Dialogue.clientSecret, Dialogue.refreshToken, "1000.first.token", "5550100"] {
        #expect(!text.contains(secret))
      }
    }
    #expect(printed(login).contains("POST accounts.zoho.com/oauth/v2/token"))
    #expect(printed(search).contains("GET www.zohoapis.com/crm/v2/Contacts/search)"))
  }

  @Test func aFailureNeverRepeatsWhatTheServerPutIntoItsCode() throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    let outcomes = dialogue.answer(asked, .refused(400, "token 1000.first.token")).outcomes
    #expect(outcomes == [.failed(400, "unknownCode")])
  }
}
