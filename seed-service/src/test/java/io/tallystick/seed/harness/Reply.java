package io.tallystick.seed.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Base64;

/// What the service answered over REST.
public record Reply(int status, HttpHeaders headers, JsonNode body) {
  public String text(String field) {
    JsonNode value = body.get(field);
    if (value == null) {
      throw new AssertionError("no field " + field + " in " + this);
    }
    return value.asText();
  }

  public byte[] bytes(String field) {
    return Base64.getDecoder().decode(text(field));
  }

  public boolean replayed() {
    return headers.firstValue("Idempotency-Replayed").isPresent();
  }

  public Reply ok(int expected) {
    assertThat(status).as("%s", this).isEqualTo(expected);
    return this;
  }

  /// Asserts an RFC 9457 problem.
  public Reply problem(int expected, String reason) {
    assertThat(status).as("%s", this).isEqualTo(expected);
    assertThat(headers.firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(text("reason")).as("%s", this).isEqualTo(reason);
    assertThat(text("type"))
        .isEqualTo(
            "https://tallystick.io/problems/"
                + reason.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    assertThat(body.get("status").asInt()).isEqualTo(expected);
    return this;
  }

  @Override
  public String toString() {
    return status + " " + body;
  }
}
