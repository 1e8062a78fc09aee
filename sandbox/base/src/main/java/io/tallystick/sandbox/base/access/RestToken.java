package io.tallystick.sandbox.base.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.sandbox.base.DevOidc;
import io.tallystick.sandbox.base.DevOidc.User;
import io.tallystick.sandbox.base.TestPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody who makes REST requests.
///
/// @param name for the report
/// @param word of the document that means this caller
/// @param token null for none
/// @param verifies whether the token is one to believe
/// @param isOther whether it is of another merchant than the one asked about
record RestToken(
    String name, String word, @Nullable String token, boolean verifies, boolean isOther) {
  /// Whom merchants' routes are asked about.
  static final String MERCHANT = "m-access";

  private static final String NOBODY = "";

  static List<RestToken> all(TestPlatform platform) {
    DevOidc oidc = platform.oidc();
    List<RestToken> all = new ArrayList<>();
    all.add(new RestToken("nobody", NOBODY, null, true, false));
    all.add(good("payer", oidc.payerToken("payer-access")));
    all.add(good("merchant", oidc.merchantToken(MERCHANT)));
    all.add(
        new RestToken("another merchant", "merchant", oidc.merchantToken("m-other"), true, true));
    for (String role : List.of("operator", "risk-officer", "auditor")) {
      all.add(good(role, oidc.roleToken("access-" + role, role)));
    }
    all.add(good("unknown group", "payer", oidc.roleToken("access-group", "admin")));
    for (User user :
        List.of(
            User.payer("p", "", "payer-access"),
            User.merchant("m", "", MERCHANT),
            User.withRoles("o", "", "operator", "risk-officer", "auditor"))) {
      addBad(all, platform, user);
    }
    return all;
  }

  private static void addBad(List<RestToken> all, TestPlatform platform, User user) {
    DevOidc oidc = platform.oidc();
    String good = oidc.tokenFor(user);
    all.add(bad("expired", user, oidc.token(user, Duration.ofMinutes(-5))));
    all.add(bad("wrong audience", user, oidc.token(user, oidc.issuer(), "somebody-else")));
    all.add(bad("wrong issuer", user, oidc.token(user, "https://example.org", DevOidc.AUDIENCE)));
    try (DevOidc foreign = DevOidc.start(platform.folder().resolve("foreign-oidc"), 0, List.of())) {
      all.add(bad("another issuer", user, foreign.tokenFor(user)));
      all.add(bad("another key", user, foreign.token(user, oidc.issuer(), DevOidc.AUDIENCE)));
    }
    all.add(bad("no signature", user, unsigned(good)));
    all.add(bad("nonsense", user, "nonsense"));
  }

  private static String unsigned(String good) {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(UTF_8));
    return header + "." + good.split("\\.", -1)[1] + ".";
  }

  private static RestToken good(String word, String token) {
    return good(word, word, token);
  }

  private static RestToken good(String name, String word, String token) {
    return new RestToken(name, word, token, true, false);
  }

  private static RestToken bad(String fault, User user, String token) {
    return new RestToken(fault + " of " + user.name(), NOBODY, token, false, false);
  }

  @Override
  public String toString() {
    return "RestToken[" + name + "]";
  }
}
