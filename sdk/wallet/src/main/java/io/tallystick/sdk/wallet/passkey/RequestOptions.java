package io.tallystick.sdk.wallet.passkey;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What an assertion needs of {@code PublicKeyCredentialRequestOptionsJSON}.
 *
 * @param rpId the relying party
 * @param challenge base64url
 * @param allowedCredentialIds {@code allowCredentials[].id}, base64url; empty allows any
 */
public record RequestOptions(String rpId, String challenge, List<String> allowedCredentialIds) {
  public RequestOptions {
    requireNonNull(rpId, "rpId is null");
    requireNonNull(challenge, "challenge is null");
    allowedCredentialIds = List.copyOf(allowedCredentialIds);
  }

  /** Whether this passkey may answer. */
  public boolean allows(Passkey passkey) {
    return rpId.equals(passkey.rpId())
        && (allowedCredentialIds.isEmpty()
            || allowedCredentialIds.contains(passkey.credentialId()));
  }
}
