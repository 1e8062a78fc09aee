package io.tallystick.notify.sms.smpp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// How to reach the SMS centre.
@ConfigMapping(prefix = "tallystick.notify.smpp")
public interface SmppConfig {
  /// False where there is no SMS centre: codes stay queued until they are worthless.
  @WithDefault("true")
  boolean enabled();

  @WithDefault("localhost")
  String host();

  @WithDefault("2775")
  int port();

  /// Up to 15 characters (SMPP 3.4 §5.2.1).
  @WithDefault("tallystick")
  String systemId();

  /// Up to 8 characters (SMPP 3.4 §5.2.2).
  Optional<String> password();

  /// Up to 12 characters.
  Optional<String> systemType();

  /// Who the message is from: up to 11 letters and digits, or a number.
  @WithDefault("Tallystick")
  String sourceAddress();

  /// Most submissions without an answer.
  @WithDefault("16")
  int window();

  /// After this much silence the connection is asked whether it is alive.
  @WithDefault("15S")
  Duration enquireLink();

  /// How long an answer may take, binding included.
  @WithDefault("5S")
  Duration responseTimeout();

  /// First pause before connecting again; doubles up to the longest.
  @WithDefault("500MS")
  Duration firstPause();

  @WithDefault("30S")
  Duration longestPause();
}
