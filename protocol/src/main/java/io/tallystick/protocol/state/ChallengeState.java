package io.tallystick.protocol.state;

import java.time.Duration;

/**
 * A question to the payer: {@code created → delivered → passed | failed | expired}. One that cannot
 * be delivered expires too, so that no payment stays frozen for want of a delivery.
 */
public sealed interface ChallengeState {
  /** Digits of an SMS code. */
  int SMS_DIGITS = 6;

  /** Tries of an SMS code. */
  int SMS_TRIES = 5;

  /** How long an SMS code is good. */
  Duration SMS_VALIDITY = Duration.ofMinutes(5);

  /** The name without details, for a column that is searched. */
  String name();

  /** The name with details, as {@link #parse} reads it. */
  default String text() {
    return name();
  }

  /** Whether nothing can follow. */
  default boolean isFinal() {
    return false;
  }

  /** Where every challenge begins. */
  static Created begin() {
    return new Created();
  }

  /** It is not with the payer yet. */
  record Created() implements ChallengeState {
    /** It is with the payer, who may try this often. */
    public Delivered deliver(int triesLeft) {
      return new Delivered(triesLeft);
    }

    public Expired expire() {
      return new Expired();
    }

    @Override
    public String name() {
      return "created";
    }
  }

  /**
   * The payer may answer.
   *
   * @param triesLeft 1 to 100
   */
  record Delivered(int triesLeft) implements ChallengeState {
    public Delivered {
      if (triesLeft < 1 || triesLeft > 100) {
        throw new IllegalArgumentException("triesLeft is not 1 to 100: " + triesLeft);
      }
    }

    public Passed pass() {
      return new Passed();
    }

    /** One try less; none left has failed. */
    public ChallengeState answerWrongly() {
      return triesLeft == 1 ? new Failed() : new Delivered(triesLeft - 1);
    }

    /** Failed at once, as when the payer says that it was somebody else. */
    public Failed fail() {
      return new Failed();
    }

    public Expired expire() {
      return new Expired();
    }

    @Override
    public String name() {
      return "delivered";
    }

    @Override
    public String text() {
      return "delivered(" + triesLeft + ")";
    }
  }

  /** The payer answered rightly. */
  record Passed() implements ChallengeState {
    @Override
    public String name() {
      return "passed";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** The payer answered wrongly too often, or said no. */
  record Failed() implements ChallengeState {
    @Override
    public String name() {
      return "failed";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** The payer did not answer in time. */
  record Expired() implements ChallengeState {
    @Override
    public String name() {
      return "expired";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** Reads {@link #text()}. */
  static ChallengeState parse(String text) {
    StateText parsed = StateText.parse(text, "challenge state");
    return switch (parsed.name()) {
      case "created" -> parsed.plain(new Created(), "challenge state");
      case "delivered" ->
          parsed.detailed(
              () -> new Delivered(Integer.parseInt(parsed.detail())), "challenge state");
      case "passed" -> parsed.plain(new Passed(), "challenge state");
      case "failed" -> parsed.plain(new Failed(), "challenge state");
      case "expired" -> parsed.plain(new Expired(), "challenge state");
      default -> throw StateText.unknown("challenge state");
    };
  }
}
