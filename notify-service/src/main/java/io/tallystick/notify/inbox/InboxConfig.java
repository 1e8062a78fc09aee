package io.tallystick.notify.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of inboxes and their streams.
@ConfigMapping(prefix = "tallystick.notify.inbox")
public interface InboxConfig {
  /// Streams of one payer at this replica.
  @WithDefault("4")
  int streamsPerPayer();

  /// Streams of all payers at this replica.
  @WithDefault("2000")
  int streams();

  /// After this much silence a stream sends a comment.
  @WithDefault("15S")
  Duration heartbeat();

  /// How often items are looked for that another replica stored. Own ones wake their streams at
  /// once.
  @WithDefault("500MS")
  Duration pollInterval();

  /// How long a client may take to receive one item before its stream is ended.
  @WithDefault("20S")
  Duration sendTimeout();

  /// Items are deleted after this long.
  @WithDefault("180D")
  Duration retention();
}
