package io.tallystick.notify.sms;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// One text for one phone.
///
/// @param number E.164 with `+`
/// @param segments the text, cut
/// @param validFor how long the SMS centre should try
public record ShortMessage(String number, SmsSegments segments, Duration validFor) {
  public ShortMessage {
    requireNonNull(number, "number is null");
    requireNonNull(segments, "segments is null");
    if (!number.matches("\\+[1-9][0-9]{5,14}")) {
      throw new IllegalArgumentException("number is not E.164");
    }
    if (!validFor.isPositive()) {
      throw new IllegalArgumentException("validFor is not positive: " + validFor);
    }
  }

  @Override
  public String toString() {
    return "ShortMessage[" + segments.payloads().size() + " parts, not shown]";
  }
}
