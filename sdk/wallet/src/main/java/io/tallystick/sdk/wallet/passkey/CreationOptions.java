package io.tallystick.sdk.wallet.passkey;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a new passkey needs of {@code PublicKeyCredentialCreationOptionsJSON}; byte values are kept
 * in base64url as they stand there.
 *
 * @param rpId {@code rp.id}
 * @param userId {@code user.id}, base64url
 * @param challenge base64url
 * @param algorithms {@code pubKeyCredParams[].alg}; must contain −7 (ES256)
 */
public record CreationOptions(
    String rpId, String userId, String challenge, List<Integer> algorithms) {
  public CreationOptions {
    requireNonNull(rpId, "rpId is null");
    requireNonNull(userId, "userId is null");
    requireNonNull(challenge, "challenge is null");
    algorithms = List.copyOf(algorithms);
    if (rpId.isBlank()) {
      throw new IllegalArgumentException("rpId is blank");
    }
    if (!algorithms.contains(Passkey.ES256)) {
      throw new IllegalArgumentException("algorithms lack ES256 (-7): " + algorithms);
    }
  }
}
