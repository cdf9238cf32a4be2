import CloudPages

/// The forms of a sign-in, which carry their proof and where the sign-in leads.
struct ZohoSignInForm {
  let proof: String
  /// Empty for the account's home.
  let target: String

  private var hidden: [PageForm.Hidden] {
    [.init("csrf", proof)] + (target.isEmpty ? [] : [.init("serviceurl", target)])
  }

  func password(_ email: String) -> PageForm {
    PageForm(
      id: "signin", action: "/signin", hidden: hidden,
      fields: [
        PageField("email", "Email address", .text, value: email, isRequired: true),
        PageField("password", "Password", .password, isRequired: true),
      ], buttons: [PageButton("Sign in")])
  }

  func oneTimeCode(_ challenge: String) -> PageForm {
    PageForm(
      id: "signin-code", action: "/signin-code", hidden: [.init("challenge", challenge)] + hidden,
      fields: [
        PageField(
          "code", "One-time code", .text, isRequired: true,
          hint: "Six digits. This simulation tells the code to its administrator instead of to your telephone.")
      ], buttons: [PageButton("Verify")])
  }
}
