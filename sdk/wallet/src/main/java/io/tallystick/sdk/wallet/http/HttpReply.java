package io.tallystick.sdk.wallet.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One whole HTTP response.
 *
 * @param status 100 to 599
 * @param headers the first value of each, found without regard to case
 * @param body empty for none
 */
public record HttpReply(int status, Map<String, String> headers, byte[] body) {
  /** Longest body a transport reads. */
  public static final int MAX_BODY_LENGTH = 4 * 1024 * 1024;

  public HttpReply {
    TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = sorted;
    body = body.clone();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Without headers and body, which may hold secrets. */
  @Override
  public String toString() {
    return "HttpReply[" + status + ", " + body.length + " bytes]";
  }
}
