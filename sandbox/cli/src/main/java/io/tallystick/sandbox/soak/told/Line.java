package io.tallystick.sandbox.soak.told;

import java.util.Map;

/// One line of a [ToldJournal].
///
/// @param atMillis Unix time
/// @param step of the plan; 0 before it, and after it
/// @param phase whether the caller is about to ask, or was told
/// @param what kind of thing
/// @param subject which one: an order, a serial, a challenge, a payer
/// @param facts figures and outcomes, by name
public record Line(
    long atMillis, int step, Phase phase, What what, String subject, Map<String, String> facts) {
  /// Beside an outcome of the platform: no answer came, or none that decides anything.
  public static final String UNKNOWN = "unknown";

  public Line {
    facts = Map.copyOf(facts);
  }

  public enum Phase {
    ASKS,
    TOLD
  }

  public enum What {
    /// Money came in; subject is the payer.
    DEPOSIT,
    /// An order was presented; subject is `merchant/order`.
    PAY,
    /// What became of an order; subject is `merchant/order`.
    QUERY,
    /// An order was taken back; subject is `merchant/order`.
    REVERSE,
    /// Money was given back; subject is `merchant/order`.
    REFUND,
    /// A phone was held to a terminal; subject is the token's serial.
    TAP,
    /// A half was sent; subject is the token's serial.
    HALF,
    /// A challenge was answered; subject is its id.
    CHALLENGE,
    /// What a payer reads of a payment at the end; subject is its id.
    BILL,
    /// What a payer has at the end; subject is the payer.
    BALANCE
  }

  /// A fact that has to be there.
  public String fact(String name) {
    String fact = facts.get(name);
    if (fact == null) {
      throw new IllegalArgumentException("a line about " + subject + " has no " + name);
    }
    return fact;
  }

  /// A fact in minor units that has to be there.
  public long minor(String name) {
    return Long.parseLong(fact(name));
  }
}
