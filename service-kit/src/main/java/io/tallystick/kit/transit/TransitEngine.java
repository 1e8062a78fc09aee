package io.tallystick.kit.transit;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// An AES key (`aes256-gcm96`) in a transit engine, which decrypts there: `POST
/// /v1/{mount}/decrypt/{key}` of
/// [Vault](https://developer.hashicorp.com/vault/api-docs/secret/transit#decrypt-data) and
/// [OpenBao](https://openbao.org/api-docs/secret/transit/#decrypt-data).
public final class TransitEngine {
  /// What Go's GCM says of a value that does not authenticate, and what earlier releases said.
  private static final List<String> DOES_NOT_AUTHENTICATE =
      List.of("message authentication failed", "unable to decrypt");

  private final TransitSettings settings;

  public TransitEngine(TransitSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /// @param ciphertext Vault's own text, `vault:vN:…`; letters, digits and `:+/=` only
  /// @param associatedData what it was encrypted with
  /// @return empty when it does not authenticate: altered, of another key or other associated data
  /// @throws TransitException when the engine can't be asked, or refuses
  public Optional<byte[]> decrypt(String ciphertext, byte[] associatedData) {
    TransitCall call =
        new TransitCall(
            settings, settings.tokenFile().map(ClientToken::read).orElse(ClientToken.NONE));
    String body =
        """
        {"ciphertext":"%s","associated_data":"%s"}\
        """
            .formatted(ciphertext, Base64.getEncoder().encodeToString(associatedData));
    HttpResponse<byte[]> answer = call.post("decrypt", body.getBytes(StandardCharsets.US_ASCII));
    if (answer.statusCode() != 200) {
      return refusal(call, answer);
    }
    byte[] content = answer.body();
    try {
      return Optional.of(
          TransitAnswer.plaintext(content)
              .orElseThrow(() -> call.fault("answered something that is not Vault's")));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private Optional<byte[]> refusal(TransitCall call, HttpResponse<byte[]> answer) {
    String said = String.join("; ", TransitAnswer.errors(answer.body()));
    if (answer.statusCode() == 400 && DOES_NOT_AUTHENTICATE.stream().anyMatch(said::contains)) {
      return Optional.empty();
    }
    String quoted = said.isEmpty() ? "" : ", \"" + call.token().censor(said) + "\"";
    throw call.fault("answered " + answer.statusCode() + quoted + meaning(answer.statusCode()));
  }

  /// [Vault's status codes](https://developer.hashicorp.com/vault/api-docs#http-status-codes).
  private String meaning(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 ->
          ": it leads elsewhere, which is not followed; name the active server, or let standbys"
              + " forward";
      case 400 -> "";
      case 403 ->
          ": the token has ended, or its policy lacks update on " + settings.path("decrypt");
      case 404 -> ": no transit engine is mounted at " + settings.mount() + namespace();
      case 429 -> ": too many calls";
      case 503 -> ": it is sealed, or down for maintenance";
      default -> "";
    };
  }

  private String namespace() {
    return settings.namespace().map(path -> " in namespace " + path).orElse("");
  }

  @Override
  public String toString() {
    return "TransitEngine[" + settings.path("decrypt") + " at " + settings.where() + "]";
  }
}
