package io.tallystick.protocol.state;

/**
 * A payment made by tap and cleared later: {@code received → scored → cleared | frozen | refused};
 * {@code frozen → challenged → cleared | returned}; {@code cleared → settled}.
 */
public sealed interface OfflinePaymentState {
  /** The stable name, as {@link #parse} reads it. */
  String text();

  /** Whether nothing can follow. */
  default boolean isFinal() {
    return false;
  }

  /** Where every offline payment begins. */
  static Received begin() {
    return new Received();
  }

  /** A first half has been stored. */
  record Received() implements OfflinePaymentState {
    public Scored score() {
      return new Scored();
    }

    @Override
    public String text() {
      return "received";
    }
  }

  /** Risk has decided. */
  record Scored() implements OfflinePaymentState {
    public Cleared clear() {
      return new Cleared();
    }

    public Frozen freeze() {
      return new Frozen();
    }

    public Refused refuse() {
      return new Refused();
    }

    @Override
    public String text() {
      return "scored";
    }
  }

  /** The money is held until the payer has answered. */
  record Frozen() implements OfflinePaymentState {
    public Challenged challenge() {
      return new Challenged();
    }

    @Override
    public String text() {
      return "frozen";
    }
  }

  /** The payer is being asked; the money is still held. */
  record Challenged() implements OfflinePaymentState {
    public Cleared clear() {
      return new Cleared();
    }

    public Returned giveBack() {
      return new Returned();
    }

    @Override
    public String text() {
      return "challenged";
    }
  }

  /** The ledger has moved the money to the merchant. */
  record Cleared() implements OfflinePaymentState {
    public Settled settle() {
      return new Settled();
    }

    @Override
    public String text() {
      return "cleared";
    }
  }

  /** The merchant's settlement includes it. */
  record Settled() implements OfflinePaymentState {
    @Override
    public String text() {
      return "settled";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** No money moves. */
  record Refused() implements OfflinePaymentState {
    @Override
    public String text() {
      return "refused";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** The held money went back to the payer. */
  record Returned() implements OfflinePaymentState {
    @Override
    public String text() {
      return "returned";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** Reads {@link #text()}. */
  static OfflinePaymentState parse(String text) {
    return switch (text) {
      case "received" -> new Received();
      case "scored" -> new Scored();
      case "frozen" -> new Frozen();
      case "challenged" -> new Challenged();
      case "cleared" -> new Cleared();
      case "settled" -> new Settled();
      case "refused" -> new Refused();
      case "returned" -> new Returned();
      default -> throw StateText.unknown("offline payment state");
    };
  }
}
