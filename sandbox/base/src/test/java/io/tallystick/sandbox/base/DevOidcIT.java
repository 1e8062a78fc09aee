package io.tallystick.sandbox.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.base.DevOidc.User;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevOidcIT {
  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private DevOidc oidc;

  @BeforeEach
  void start() {
    oidc =
        DevOidc.start(
            folder,
            0,
            List.of(
                User.payer("alice", "wonder land&", "payer-1"),
                User.withRoles("console", "s3cret", "operator", "auditor")));
  }

  @AfterEach
  void stop() {
    oidc.close();
    http.close();
  }

  @Test
  void discoveryNamesItsEndpoints() throws Exception {
    String document = get("/.well-known/openid-configuration").body();
    assertThat(document)
        .contains("\"issuer\":\"" + oidc.issuer() + "\"")
        .contains("\"jwks_uri\":\"" + oidc.issuer() + "/jwks\"");
  }

  @Test
  void passwordGrantGivesATokenThatVerifiesWithThePublishedKey() throws Exception {
    HttpResponse<String> answer =
        post("grant_type=password&username=alice&password=wonder+land%26", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    String token = field(answer.body(), "access_token");
    assertThat(verifies(token)).isTrue();
    assertThat(claims(token))
        .contains("\"sub\":\"payer-1\"", "\"aud\":\"tallystick\"", "\"groups\":[]");
  }

  @Test
  void clientCredentialsGrantTakesBothForms() throws Exception {
    String basic =
        Base64.getEncoder().encodeToString("console:s3cret".getBytes(StandardCharsets.UTF_8));
    String byHeader =
        field(post("grant_type=client_credentials", "Basic " + basic).body(), "access_token");
    String byForm =
        field(
            post("grant_type=client_credentials&client_id=console&client_secret=s3cret", "").body(),
            "access_token");
    for (String token : List.of(byHeader, byForm)) {
      assertThat(verifies(token)).isTrue();
      assertThat(claims(token)).contains("\"groups\":[\"auditor\",\"operator\"]");
    }
  }

  @Test
  void refusesWrongPasswordsUnknownUsersAndOtherGrants() throws Exception {
    assertThat(post("grant_type=password&username=alice&password=x", "").statusCode())
        .isEqualTo(400);
    assertThat(post("grant_type=password&username=bob&password=x", "").statusCode()).isEqualTo(400);
    assertThat(post("grant_type=password&username=alice", "").statusCode()).isEqualTo(400);
    assertThat(post("grant_type=magic", "").body()).contains("unsupported_grant_type");
    assertThat(post("grant_type=client_credentials", "Basic !!!").statusCode()).isEqualTo(400);
    assertThat(post("grant_type=password&username=%zz", "").statusCode()).isEqualTo(400);
    assertThat(post("x".repeat(10_000), "").statusCode()).isEqualTo(413);
    assertThat(get("/token").statusCode()).isEqualTo(405);
  }

  @Test
  void keyOutlivesARestart() throws Exception {
    String token = oidc.payerToken("payer-2");
    oidc.close();
    oidc = DevOidc.start(folder, 0, List.of());
    assertThat(verifies(token)).isTrue();
  }

  @Test
  void namesInTokensAreQuoted() {
    String token = oidc.payerToken("a\"b\\c\n");
    assertThat(claims(token)).contains("\"sub\":\"a\\\"b\\\\c\\u000a\"");
  }

  private boolean verifies(String token) throws Exception {
    String[] parts = token.split("\\.");
    String jwks = get("/jwks").body();
    PublicKey key =
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new RSAPublicKeySpec(number(field(jwks, "n")), number(field(jwks, "e"))));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private static BigInteger number(String text) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text));
  }

  private static String claims(String token) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    assertThat(matcher.find()).as(json).isTrue();
    return matcher.group(1);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(oidc.issuer() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String form, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(oidc.issuer() + "/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
