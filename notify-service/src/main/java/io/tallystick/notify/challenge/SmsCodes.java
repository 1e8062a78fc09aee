package io.tallystick.notify.challenge;

import io.tallystick.notify.sealing.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Six-digit codes. Stored as a keyed hash over code, challenge, payment, merchant and amount, so
/// that neither a copy of the database nor a row moved to another payment gives a valid code.
@ApplicationScoped
public class SmsCodes {
  /// What an answer must look like.
  public static final Pattern FORM = Pattern.compile("[0-9]{6}");

  private static final int CODES = 1_000_000;
  private static final String PURPOSE = "sms code";

  private final Vault vault;
  private final SecureRandom random = new SecureRandom();

  SmsCodes(Vault vault) {
    this.vault = vault;
  }

  /// Uniform over 000000 to 999999.
  String draw() {
    return "%06d".formatted(random.nextInt(CODES));
  }

  byte[] hash(String code, String challengeId, PaymentBinding binding) {
    return vault.hash(PURPOSE, parts(code, challengeId, binding));
  }

  boolean matches(byte[] stored, String code, String challengeId, PaymentBinding binding) {
    return vault.hashMatches(stored, PURPOSE, parts(code, challengeId, binding));
  }

  /// Tells whether two answers say the same, without saying what: six digits are too few for a
  /// plain digest. Under every version of the keys, the current one first, because an answer may be
  /// repeated after a rotation.
  List<byte[]> traces(String code, String challengeId) {
    return vault.everyHash("sms answer", code, challengeId);
  }

  private static String[] parts(String code, String challengeId, PaymentBinding binding) {
    List<String> parts = new ArrayList<>(List.of(code, challengeId));
    parts.addAll(List.of(binding.parts()));
    return parts.toArray(String[]::new);
  }
}
