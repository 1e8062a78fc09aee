package io.tallystick.notify.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Where a merchant is told.
///
/// @param uri absolute, with a host, without user information and fragment
record WebhookUrl(URI uri) {
  private static final int LONGEST = 2048;

  /// What may be called.
  ///
  /// @param allowLocal `http`, loopback and private addresses too
  record Policy(boolean allowLocal) {}

  /// Why an URL is not called.
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
      super(reason);
    }
  }

  static WebhookUrl parse(String text, Policy policy) throws RefusedException {
    URI uri = uri(text);
    boolean https = "https".equalsIgnoreCase(uri.getScheme());
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if (!https && !(http && policy.allowLocal())) {
      throw new RefusedException("the scheme is not https");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new RefusedException("it needs a host, and no user information or fragment");
    }
    return new WebhookUrl(uri);
  }

  boolean secure() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return secure() ? 443 : 80;
  }

  /// Path and query, as in the request line.
  String target() {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /// The address to connect to. The connection is made to this very address: a name that resolves
  /// to another one a moment later changes nothing. One refused address refuses the name.
  InetAddress resolve(Policy policy) throws RefusedException {
    List<InetAddress> addresses;
    try {
      addresses = Arrays.asList(InetAddress.getAllByName(host()));
    } catch (UnknownHostException e) {
      throw new RefusedException("the host does not resolve");
    }
    if (!policy.allowLocal() && !addresses.stream().allMatch(PublicAddresses::isPublic)) {
      throw new RefusedException("the host's address is not public");
    }
    return addresses.getFirst();
  }

  private static URI uri(String text) throws RefusedException {
    if (text.length() > LONGEST) {
      throw new RefusedException("it is longer than " + LONGEST + " characters");
    }
    try {
      return new URI(text).parseServerAuthority();
    } catch (URISyntaxException e) {
      throw new RefusedException("it is not a URL");
    }
  }
}
