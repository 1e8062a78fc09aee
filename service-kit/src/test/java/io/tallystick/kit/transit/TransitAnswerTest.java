package io.tallystick.kit.transit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransitAnswerTest {
  @Test
  void findsThePlaintextOfTheData() {
    assertThat(
            TransitAnswer.plaintext(
                bytes(
                    """
                    {"plaintext":"bm8=","warnings":[{"data":{"plaintext":"bm8="}}],
                     "data":{"other":{"plaintext":"bm8="},"plaintext":"eWVz"},"auth":null}
                    """)))
        .hasValue(bytes("yes"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "<html>",
        "[]",
        "{}",
        "{\"data\":null}",
        "{\"data\":[]}",
        "{\"data\":{}}",
        "{\"data\":{\"plaintext\":5}}",
        "{\"data\":{\"plaintext\":\"eW*z\"}}",
        "{\"data\":{\"plaintext\":\"eWVz"
      })
  void findsNoneInAnythingElse(String body) {
    assertThat(TransitAnswer.plaintext(bytes(body))).isEmpty();
  }

  @Test
  void readsErrorsAsFarAsTheyGo() {
    assertThat(TransitAnswer.errors(bytes("{\"errors\":[\"one\",\"two\"]}")))
        .containsExactly("one", "two");
    assertThat(TransitAnswer.errors(bytes("{\"errors\":[\"one\",\"tw"))).containsExactly("one");
    for (String none : new String[] {"", "<html>", "{\"errors\":null}", "{\"errors\":\"one\"}"}) {
      assertThat(TransitAnswer.errors(bytes(none))).isEmpty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
