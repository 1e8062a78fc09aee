package io.tallystick.sdk.wallet.passkey;

/**
 * A passkey just created and what the relying party is told of it. Store the passkey, then send
 * {@link #json()}.
 *
 * @param passkey to be stored by the wallet
 * @param clientDataJson base64url
 * @param attestationObject base64url, attestation format "none"
 */
public record Registration(Passkey passkey, String clientDataJson, String attestationObject) {
  /** {@code RegistrationResponseJSON} of WebAuthn Level 3. */
  public String json() {
    String id = passkey.credentialId();
    return """
    {"id":"%s","rawId":"%s","type":"public-key","authenticatorAttachment":"platform",\
    "response":{"clientDataJSON":"%s","attestationObject":"%s","transports":["internal"]},\
    "clientExtensionResults":{}}\
    """
        .formatted(id, id, clientDataJson, attestationObject);
  }
}
