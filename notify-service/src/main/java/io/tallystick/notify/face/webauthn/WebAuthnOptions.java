package io.tallystick.notify.face.webauthn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.notify.face.FaceVerifier;
import io.tallystick.notify.face.Passkey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.List;

/// Writes `PublicKeyCredentialCreationOptionsJSON` and `PublicKeyCredentialRequestOptionsJSON`
/// (WebAuthn Level 3 §5.1.8 to §5.1.10), which browsers parse by themselves.
@ApplicationScoped
class WebAuthnOptions {
  private static final int ES256 = -7;
  private static final int RS256 = -257;
  private static final String REQUIRED = "required";

  private final WebAuthnConfig config;
  private final ObjectMapper json;

  WebAuthnOptions(WebAuthnConfig config, ObjectMapper json) {
    this.config = config;
    this.json = json;
  }

  String creation(FaceVerifier.User user, byte[] challenge, List<Passkey> existing) {
    ObjectNode options = json.createObjectNode();
    options.putObject("rp").put("id", config.rpId()).put("name", config.rpName());
    options
        .putObject("user")
        .put("id", base64url(user.handle()))
        .put("name", user.name())
        .put("displayName", user.name());
    options.put("challenge", base64url(challenge));
    ArrayNode algorithms = options.putArray("pubKeyCredParams");
    for (int algorithm : new int[] {ES256, RS256}) {
      algorithms.addObject().put("type", "public-key").put("alg", algorithm);
    }
    options.put("timeout", config.timeout().toMillis());
    credentials(options.putArray("excludeCredentials"), existing);
    options
        .putObject("authenticatorSelection")
        .put("userVerification", REQUIRED)
        .put("residentKey", "preferred")
        .put("requireResidentKey", false);
    return options.put("attestation", "none").toString();
  }

  String request(byte[] challenge, List<Passkey> allowed) {
    ObjectNode options = json.createObjectNode();
    options.put("challenge", base64url(challenge));
    options.put("timeout", config.timeout().toMillis());
    options.put("rpId", config.rpId());
    credentials(options.putArray("allowCredentials"), allowed);
    return options.put("userVerification", REQUIRED).toString();
  }

  private static void credentials(ArrayNode list, List<Passkey> passkeys) {
    for (Passkey passkey : passkeys) {
      ObjectNode entry = list.addObject().put("type", "public-key").put("id", passkey.id());
      if (!passkey.transports().isEmpty()) {
        ArrayNode transports = entry.putArray("transports");
        passkey.transports().stream().sorted().forEach(transports::add);
      }
    }
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
