package io.tallystick.sdk.wallet.passkey;

/**
 * A signed answer. Store {@code next} in place of the passkey that signed, then send {@link
 * #json()}: a counter that is used twice makes the relying party refuse the passkey.
 *
 * @param next the passkey with its counter raised
 * @param clientDataJson base64url
 * @param authenticatorData base64url
 * @param signature base64url, ASN.1 DER
 */
public record Assertion(
    Passkey next, String clientDataJson, String authenticatorData, String signature) {
  /** {@code AuthenticationResponseJSON} of WebAuthn Level 3. */
  public String json() {
    String id = next.credentialId();
    return """
    {"id":"%s","rawId":"%s","type":"public-key","authenticatorAttachment":"platform",\
    "response":{"clientDataJSON":"%s","authenticatorData":"%s","signature":"%s","userHandle":"%s"},\
    "clientExtensionResults":{}}\
    """
        .formatted(id, id, clientDataJson, authenticatorData, signature, next.userId());
  }
}
