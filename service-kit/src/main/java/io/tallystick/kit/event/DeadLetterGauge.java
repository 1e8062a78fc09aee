package io.tallystick.kit.event;

import io.tallystick.kit.metric.TableGauge;
import io.tallystick.kit.metric.TableGauges;
import io.tallystick.kit.service.ThisService;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How many events wait for a person to look at them.
@Singleton
class DeadLetterGauge implements TableGauges {
  private final String consumer;

  DeadLetterGauge(ThisService service) {
    this.consumer = service.name();
  }

  @Override
  public List<TableGauge> gauges() {
    String streams =
        Arrays.stream(EventStream.values())
            .filter(stream -> stream.groups().contains(consumer))
            .map(EventStream::streamName)
            .collect(Collectors.joining(","));
    return List.of(
        TableGauge.of(
            "tallystick.dead.letters",
            "Events that were given up and not delivered again",
            """
            select known.stream, count(dead.id) as value
            from unnest(string_to_array('%s', ',')) known (stream)
            left join dead_letter dead using (stream)
            group by known.stream
            """
                .formatted(streams)));
  }
}
