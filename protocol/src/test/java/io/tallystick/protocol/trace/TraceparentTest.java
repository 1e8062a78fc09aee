package io.tallystick.protocol.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {
  /** The example of W3C Trace Context, section 3.2. */
  private static final String EXAMPLE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void readsTheSpecificationsExample() {
    Traceparent read = Traceparent.parse(EXAMPLE).orElseThrow();
    assertThat(read.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(read.parentId()).isEqualTo("00f067aa0ba902b7");
    assertThat(read.flags()).isEqualTo("01");
    assertThat(read).hasToString(EXAMPLE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0\n"
      })
  void takesNothingElse(String text) {
    assertThat(Traceparent.parse(text)).isEmpty();
  }

  @Test
  void drawsTracesThatDiffer() {
    Traceparent first = Traceparent.fresh();
    assertThat(Traceparent.parse(first.toString())).contains(first);
    assertThat(Traceparent.fresh().traceId()).isNotEqualTo(first.traceId());
  }

  @Test
  void refusesWhatIsNoTrace() {
    assertThatThrownBy(() -> new Traceparent("x", "00f067aa0ba902b7", "01"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
