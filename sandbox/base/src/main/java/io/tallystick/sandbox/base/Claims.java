package io.tallystick.sandbox.base;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes the claims of an access token as JSON.
final class Claims {
  private Claims() {}

  static String of(
      String issuer, String audience, DevOidc.User user, Instant now, Duration validity) {
    StringBuilder json = new StringBuilder("{");
    json.append("\"iss\":").append(quote(issuer));
    json.append(",\"aud\":").append(quote(audience));
    json.append(",\"sub\":").append(quote(user.subject()));
    json.append(",\"preferred_username\":").append(quote(user.name()));
    json.append(",\"jti\":").append(quote(UUID.randomUUID().toString()));
    json.append(",\"iat\":").append(now.getEpochSecond());
    json.append(",\"exp\":").append(now.plus(validity).getEpochSecond());
    json.append(",\"groups\":[")
        .append(user.roles().stream().sorted().map(Claims::quote).collect(Collectors.joining(",")))
        .append(']');
    String merchantId = user.merchantId();
    if (merchantId != null) {
      json.append(",\"tallystick_merchant\":").append(quote(merchantId));
    }
    String phoneNumber = user.phoneNumber();
    if (phoneNumber != null) {
      json.append(",\"phone_number\":").append(quote(phoneNumber));
      json.append(",\"phone_number_verified\":true");
    }
    return json.append('}').toString();
  }

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
