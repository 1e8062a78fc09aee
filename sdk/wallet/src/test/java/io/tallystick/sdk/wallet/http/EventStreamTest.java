package io.tallystick.sdk.wallet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.sdk.wallet.http.EventStream.Event;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
  private static EventStream of(InputStream body) {
    return EventStream.of(new HttpStream(200, body));
  }

  private static List<Event> events(String text) {
    EventStream stream = of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<Event> events = new ArrayList<>();
    for (Optional<Event> next = stream.next(); next.isPresent(); next = stream.next()) {
      events.add(next.get());
    }
    return events;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void readsEventsWhateverEndsTheirLines(String end) {
    String text =
        String.join(
            end,
            ": hello",
            "",
            "id: 7",
            "event: item",
            "data: one",
            "data:two",
            "",
            "data",
            "",
            "data: not finished");

    assertThat(events(text))
        .containsExactly(new Event("7", "item", "one\ntwo"), new Event("7", "message", ""));
  }

  @Test
  void readsTheLongestEventAndNoLongerOne() {
    String longest = "x".repeat(EventStream.MAX_EVENT_CHARACTERS);

    assertThat(events("data: " + longest + "\n\n").get(0).data()).isEqualTo(longest);
    assertThatThrownBy(() -> events("data: " + longest + "x\n\n"))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("an event is longer than");
  }

  /** A line without an end would fill the memory otherwise. */
  @Test
  void givesUpOnALineWithoutAnEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };

    assertThatThrownBy(() -> of(endless).next())
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("an event is longer than");
  }
}
