package io.tallystick.protocol.state;

import static java.util.Objects.requireNonNull;

/**
 * A payment made while the terminal is online: {@code authorising → paid | declined |
 * awaiting-payer → paid | closed | reversed}; {@code paid → reversed | refunded}.
 */
public sealed interface PaymentState {
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

  /** Where every payment begins. */
  static Authorising begin() {
    return new Authorising();
  }

  /** Risk and balance are being asked. */
  record Authorising() implements PaymentState {
    public Paid pay() {
      return new Paid();
    }

    public Declined decline(String reason) {
      return new Declined(reason);
    }

    public AwaitingPayer awaitPayer() {
      return new AwaitingPayer();
    }

    @Override
    public String name() {
      return "authorising";
    }
  }

  /** The payer has to answer a challenge or confirm. */
  record AwaitingPayer() implements PaymentState {
    public Paid pay() {
      return new Paid();
    }

    public Closed close() {
      return new Closed();
    }

    /** Takes the payment back while the payer is still being asked. */
    public Reversed reverse() {
      return new Reversed();
    }

    @Override
    public String name() {
      return "awaiting-payer";
    }
  }

  /** The money has moved. */
  record Paid() implements PaymentState {
    public Reversed reverse() {
      return new Reversed();
    }

    /** Gives back part or all of what was paid. */
    public Refunded refund(long amountMinor, long paidMinor) {
      return new Refunded(amountMinor, paidMinor);
    }

    @Override
    public String name() {
      return "paid";
    }
  }

  /**
   * No money has moved and none will.
   *
   * @param reason a stable code of lower-case letters, digits, dashes and underscores, at most 40
   *     characters
   */
  record Declined(String reason) implements PaymentState {
    public Declined {
      if (!requireNonNull(reason, "reason is null").matches("[a-z0-9_-]{1,40}")) {
        throw new IllegalArgumentException("reason is not a code: " + reason);
      }
    }

    @Override
    public String name() {
      return "declined";
    }

    @Override
    public String text() {
      return "declined(" + reason + ")";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** The payer did not answer in time; no money has moved. */
  record Closed() implements PaymentState {
    @Override
    public String name() {
      return "closed";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /** The payment was undone as if it had not been. */
  record Reversed() implements PaymentState {
    @Override
    public String name() {
      return "reversed";
    }

    @Override
    public boolean isFinal() {
      return true;
    }
  }

  /**
   * Some or all of the money went back.
   *
   * @param refundedMinor so far, from 1 to what was paid
   * @param paidMinor what was paid
   */
  record Refunded(long refundedMinor, long paidMinor) implements PaymentState {
    public Refunded {
      if (refundedMinor < 1 || refundedMinor > paidMinor) {
        throw new IllegalArgumentException(
            "refundedMinor is not from 1 to " + paidMinor + ": " + refundedMinor);
      }
    }

    /** Gives back more. */
    public Refunded refund(long amountMinor) {
      if (amountMinor < 1 || amountMinor > paidMinor - refundedMinor) {
        throw new IllegalArgumentException(
            "amountMinor is not from 1 to " + (paidMinor - refundedMinor) + ": " + amountMinor);
      }
      return new Refunded(refundedMinor + amountMinor, paidMinor);
    }

    public boolean isPartial() {
      return refundedMinor < paidMinor;
    }

    @Override
    public String name() {
      return "refunded";
    }

    @Override
    public String text() {
      return "refunded(" + refundedMinor + "/" + paidMinor + ")";
    }

    @Override
    public boolean isFinal() {
      return !isPartial();
    }
  }

  /** Reads {@link #text()}. */
  static PaymentState parse(String text) {
    StateText parsed = StateText.parse(text, "payment state");
    return switch (parsed.name()) {
      case "authorising" -> parsed.plain(new Authorising(), "payment state");
      case "awaiting-payer" -> parsed.plain(new AwaitingPayer(), "payment state");
      case "paid" -> parsed.plain(new Paid(), "payment state");
      case "declined" -> parsed.detailed(() -> new Declined(parsed.detail()), "payment state");
      case "closed" -> parsed.plain(new Closed(), "payment state");
      case "reversed" -> parsed.plain(new Reversed(), "payment state");
      case "refunded" -> parsed.detailed(() -> refunded(parsed.detail()), "payment state");
      default -> throw StateText.unknown("payment state");
    };
  }

  private static Refunded refunded(String detail) {
    String[] amounts = detail.split("/", -1);
    if (amounts.length != 2) {
      throw new IllegalArgumentException("not two amounts");
    }
    return new Refunded(Long.parseLong(amounts[0]), Long.parseLong(amounts[1]));
  }
}
