package io.tallystick.sdk.wallet.passkey;

import java.nio.charset.StandardCharsets;

/**
 * The client data of a ceremony, serialised as WebAuthn Level 3 §5.8.1.1 prescribes: fixed member
 * order, no white space, strings escaped as in ECMAScript's {@code CCDToString}.
 */
record ClientData(String type, String challenge, String origin) {
  static final String CREATE = "webauthn.create";
  static final String GET = "webauthn.get";

  byte[] json() {
    String text =
        "{\"type\":"
            + quoted(type)
            + ",\"challenge\":"
            + quoted(challenge)
            + ",\"origin\":"
            + quoted(origin)
            + ",\"crossOrigin\":false}";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
