package io.tallystick.kit.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who holds a client certificate, as its URI subject alternative name says (SPIFFE ID, ADR 0004).
public sealed interface CallerIdentity {
  /// The trust domain of every identity.
  String TRUST_DOMAIN = "tallystick.io";

  /// A merchant's terminal: acts for its merchant only.
  record TerminalIdentity(String merchantId, String terminalId) implements CallerIdentity {
    public TerminalIdentity {
      checkName("merchantId", merchantId);
      checkName("terminalId", terminalId);
    }

    @Override
    public String uri() {
      return "spiffe://" + TRUST_DOMAIN + "/terminal/" + merchantId + "/" + terminalId;
    }
  }

  /// One of the five services.
  record ServiceIdentity(String name) implements CallerIdentity {
    public ServiceIdentity {
      checkName("name", name);
    }

    @Override
    public String uri() {
      return "spiffe://" + TRUST_DOMAIN + "/service/" + name;
    }
  }

  /// A person or machine that runs the platform, or the bank.
  record OperatorIdentity(String name) implements CallerIdentity {
    public OperatorIdentity {
      checkName("name", name);
    }

    @Override
    public String uri() {
      return "spiffe://" + TRUST_DOMAIN + "/operator/" + name;
    }
  }

  /// The identity as it stands in the certificate.
  String uri();

  /// Reads an identity; empty for anything that is not exactly of a known form.
  static Optional<CallerIdentity> parse(String uri) {
    URI parsed;
    try {
      parsed = new URI(uri);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    String path = parsed.getRawPath();
    if (!"spiffe".equals(parsed.getScheme())
        || !TRUST_DOMAIN.equals(parsed.getRawAuthority())
        || parsed.getRawQuery() != null
        || parsed.getRawFragment() != null
        || path == null) {
      return Optional.empty();
    }
    String[] parts = path.split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      if (!Names.PLAIN.matcher(parts[i]).matches()) {
        return Optional.empty();
      }
    }
    if (parts.length == 4 && parts[1].equals("terminal")) {
      return Optional.of(new TerminalIdentity(parts[2], parts[3]));
    }
    if (parts.length != 3) {
      return Optional.empty();
    }
    return switch (parts[1]) {
      case "service" -> Optional.of(new ServiceIdentity(parts[2]));
      case "operator" -> Optional.of(new OperatorIdentity(parts[2]));
      default -> Optional.empty();
    };
  }

  private static void checkName(String field, String value) {
    if (!Names.PLAIN.matcher(value).matches()) {
      throw new IllegalArgumentException(field + " is not a plain name: " + value);
    }
  }

  /// The form of a path segment; percent-encoding is refused, so there is one spelling of each
  /// name.
  final class Names {
    private static final Pattern PLAIN = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}");

    private Names() {}
  }
}
