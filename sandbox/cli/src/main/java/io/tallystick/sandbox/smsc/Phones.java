package io.tallystick.sandbox.smsc;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The phones' screens: the latest messages of each number, oldest first.
public final class Phones {
  private static final int MAX_MESSAGES_A_PHONE = 100;
  private static final int MAX_PHONES = 10_000;

  /// One message as a phone shows it.
  public record Message(long number, Instant receivedAt, String from, String to, String text) {}

  private final Map<String, Deque<Message>> byNumber = new HashMap<>();
  private long lastNumber;

  /// Shows a message on a phone; the oldest goes when the phone is full.
  ///
  /// @throws IllegalStateException when there are too many phones
  public synchronized Message show(String from, String to, String text, Instant receivedAt) {
    if (!byNumber.containsKey(to) && byNumber.size() >= MAX_PHONES) {
      throw new IllegalStateException("more than " + MAX_PHONES + " phones");
    }
    Message message = new Message(++lastNumber, receivedAt, from, to, text);
    Deque<Message> screen = byNumber.computeIfAbsent(to, _ -> new ArrayDeque<>());
    screen.addLast(message);
    if (screen.size() > MAX_MESSAGES_A_PHONE) {
      screen.removeFirst();
    }
    return message;
  }

  /// The messages of one phone that are newer than `afterNumber`, oldest first.
  public synchronized List<Message> messages(String to, long afterNumber) {
    return byNumber.getOrDefault(to, new ArrayDeque<>()).stream()
        .filter(message -> message.number() > afterNumber)
        .toList();
  }
}
