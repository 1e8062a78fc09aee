package io.tallystick.sandbox.base;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Wraps key-encryption keys under a key of a transit engine (Vault, OpenBao), as the services
/// unwrap them: `POST /v1/{mount}/encrypt/{key}` with associated data that binds them to the
/// service's configuration prefix and the version.
///
/// @param address `https://host:port`, or `http://` of an agent on this host
/// @param mount where the engine is mounted
/// @param key of type `aes256-gcm96`
/// @param tokenFile null for an agent that adds a token
/// @param ca PEM with the authorities of the server's certificate; null for Java's own
/// @param namespace of Vault Enterprise or OpenBao, or null
public record TransitWrapping(
    URI address,
    String mount,
    String key,
    @Nullable Path tokenFile,
    @Nullable Path ca,
    @Nullable String namespace) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final Pattern CIPHERTEXT =
      Pattern.compile("\"ciphertext\"\\s*:\\s*\"(vault:v[0-9]+:[A-Za-z0-9+/=]+)\"");
  private static final Pattern ERRORS = Pattern.compile("\"errors\"\\s*:\\s*\\[([^]]{0,500})]");
  private static final Pattern NAME = Pattern.compile("[\\w./-]+");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  public TransitWrapping {
    requireNonNull(address, "address is null");
    if (!NAME.matcher(mount).matches() || !NAME.matcher(key).matches()) {
      throw new IllegalArgumentException("mount or key is not a name: " + mount + ", " + key);
    }
    String host = String.valueOf(address.getHost());
    boolean local = host.matches("localhost|127\\..*|\\[::1]");
    if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && local)) {
      throw new IllegalArgumentException(
          "address is not https://host:port, nor http:// of an agent on this host");
    }
  }

  /// What stands behind the version in a key file: `vault:vN:…`.
  ///
  /// @param service `seed` or `notify`
  /// @throws GeneralSecurityException when the engine refuses
  /// @throws IOException when it can't be reached or a file can't be read
  public String wrap(String service, int version, byte[] plain)
      throws GeneralSecurityException, IOException {
    String bound = "tallystick.%s.key-encryption:%d".formatted(service, version);
    Base64.Encoder base64 = Base64.getEncoder();
    String body =
        """
        {"plaintext":"%s","associated_data":"%s"}\
        """
            .formatted(
                base64.encodeToString(plain),
                base64.encodeToString(bound.getBytes(StandardCharsets.US_ASCII)));
    HttpResponse<String> answer = send(request(body));
    Matcher ciphertext = CIPHERTEXT.matcher(answer.body());
    if (answer.statusCode() == 200 && ciphertext.find()) {
      return ciphertext.group(1);
    }
    Matcher errors = ERRORS.matcher(answer.body());
    throw new GeneralSecurityException(
        "the transit engine answered "
            + answer.statusCode()
            + (errors.find() ? ": " + errors.group(1).strip() : ""));
  }

  private HttpRequest request(String body) throws IOException, GeneralSecurityException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve("/v1/" + mount + "/encrypt/" + key))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("X-Vault-Request", "true")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (tokenFile != null) {
      String token = Files.readString(tokenFile).strip();
      if (!TOKEN.matcher(token).matches()) {
        throw new GeneralSecurityException("there is no token in " + tokenFile);
      }
      request.header("X-Vault-Token", token);
    }
    if (namespace != null) {
      request.header("X-Vault-Namespace", namespace);
    }
    return request.build();
  }

  private HttpResponse<String> send(HttpRequest request)
      throws IOException, GeneralSecurityException {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .proxy(HttpClient.Builder.NO_PROXY);
    if (ca != null) {
      client.sslContext(trusting(ca));
    }
    try (HttpClient connected = client.build()) {
      return connected.send(
          request,
          HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), LARGEST_ANSWER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the transit engine was asked", e);
    }
  }

  private static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var pem = Files.newInputStream(ca)) {
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry(Integer.toString(trusted.size()), authority);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
