package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.join;
import static io.tallystick.e2e.Commands.json;
import static io.tallystick.e2e.Commands.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.sandbox.platform.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Secrets of every kind go through the whole platform; afterwards none of them stands in any
/// table, stream or log.
class PlantedSecretsIT {
  private static final Path FOLDER = RunningPlatform.folder("planted-secrets");
  private static final String PAYMENT_PASSWORD = "planted payment password 4711";
  private static final String USER_PASSWORD = "planted user password 0815";
  private static final int DIGITS_OF_AN_SMS_CODE = 6;

  /// By name; each in the writings in which it could be kept.
  private final Map<String, List<Pattern>> secrets = new LinkedHashMap<>();

  @Test
  void noneStandsInDatabaseStreamsOrLogs() throws Exception {
    Files.createDirectories(FOLDER);
    String terminal = FOLDER.resolve("vault.terminal").toString();
    ok("terminal", "setup", "--terminal", terminal, "--merchant", "VAULT-1", "--id", "V1");
    plantWebhookSecret();
    String wallet = Payers.enrolled(FOLDER, "sven", USER_PASSWORD, PAYMENT_PASSWORD);
    plant("payment password", PAYMENT_PASSWORD);
    plant("user password", USER_PASSWORD);
    ok("wallet", "contact", "--wallet", wallet);
    ok("wallet", "face", "--wallet", wallet);
    String paid = payByCode(wallet, terminal);
    String released = passAChallenge(wallet, terminal);
    plantWallet(wallet);

    Platform platform = RunningPlatform.get();
    List<Haystack.Piece> stolen = Haystack.of(platform, platform.descriptionFile().getParent());

    assertThat(found(stolen)).isEmpty();
    // The search itself works: what is no secret is found where it lies.
    assertThat(places(stolen, Pattern.compile(Pattern.quote(paid))))
        .anyMatch(place -> place.startsWith("clearing."))
        .anyMatch(place -> place.startsWith("notify."));
    // Entries leave the streams as they are consumed; what was published stands in the outboxes.
    assertThat(places(stolen, Pattern.compile(Pattern.quote(released))))
        .contains("verify.outbox.payload", "clearing.outbox.payload");
    assertThat(places(stolen, Pattern.compile("verify-service"))).contains("verify-service.log");
  }

  private void plantWebhookSecret() {
    JsonObject set =
        json(
            "merchant",
            "webhook",
            "set",
            "https://localhost:1/told",
            "--merchant",
            "VAULT-1",
            "--user",
            "staff-VAULT-1",
            "--user-password=" + USER_PASSWORD);
    String secret = set.get("secret").getAsString();
    plant("webhook secret", secret);
    plant("webhook key", Base64.getDecoder().decode(secret.substring("whsec_".length())));
  }

  private String payByCode(String wallet, String terminal) {
    String code =
        ok("wallet", "code", "--offline", "--refresh", "--digits-only", "--wallet", wallet).strip();
    plant("payment code", code);
    JsonObject paid =
        json("terminal", "pay", "--terminal", terminal, "--code", code, "--amount", "1.00");
    return paid.get("paymentId").getAsString();
  }

  private String passAChallenge(String wallet, String terminal) throws Exception {
    JsonObject asked = Payers.frozen(wallet, terminal);
    String[] answer = {
      "wallet", "answer", asked.get("challengeId").getAsString(), "--wallet", wallet
    };
    ok(join(answer, "--send-sms"));
    String code = Payers.smsCode(wallet);
    assertThat(code).hasSize(DIGITS_OF_AN_SMS_CODE);
    // So few digits also occur in the middle of other numbers.
    secrets.put(
        "SMS code", List.of(Pattern.compile("(?<![0-9A-Za-z.])" + code + "(?![0-9A-Za-z])")));
    plant(
        "phone number", json("wallet", "sms", "--wallet", wallet).get("phoneNumber").getAsString());
    ok(join(answer, "--sms", code));
    String paymentId = asked.get("paymentId").getAsString();
    Payers.awaitCleared(wallet, paymentId);
    return paymentId;
  }

  /// What the wallet keeps: seed, device key, login.
  private void plantWallet(String wallet) throws Exception {
    JsonObject kept = JsonParser.parseString(Files.readString(Path.of(wallet))).getAsJsonObject();
    JsonObject state = kept.has("state") ? kept.getAsJsonObject("state") : kept;
    JsonObject enrolment = state.getAsJsonObject("enrolment");
    plant("seed", Base64.getDecoder().decode(enrolment.get("seed").getAsString()));
    plant("device key", Base64.getDecoder().decode(enrolment.get("deviceKey").getAsString()));
    JsonObject login =
        JsonParser.parseString(state.getAsJsonObject("attachments").get("login").getAsString())
            .getAsJsonObject();
    plant("access token", login.get("token").getAsString());
  }

  private void plant(String name, String text) {
    secrets.put(name, List.of(Pattern.compile(Pattern.quote(text))));
  }

  private void plant(String name, byte[] bytes) {
    List<Pattern> writings = new ArrayList<>();
    for (String writing :
        List.of(
            new String(bytes, StandardCharsets.ISO_8859_1),
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            Base64.getEncoder().withoutPadding().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
      writings.add(Pattern.compile(Pattern.quote(writing)));
    }
    secrets.put(name, writings);
  }

  private List<String> found(List<Haystack.Piece> stolen) {
    List<String> found = new ArrayList<>();
    secrets.forEach((name, writings) ->
        writings.forEach(
            writing -> places(stolen, writing).forEach(place -> found.add(name + " in " + place))));
    return found;
  }

  private static List<String> places(List<Haystack.Piece> stolen, Pattern wanted) {
    return stolen.stream()
        .filter(piece -> wanted.matcher(piece.content()).find())
        .map(Haystack.Piece::place)
        .distinct()
        .toList();
  }
}
