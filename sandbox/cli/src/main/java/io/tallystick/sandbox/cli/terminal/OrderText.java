package io.tallystick.sandbox.cli.terminal;

import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sdk.terminal.platform.OrderState;
import java.time.Duration;
import java.util.Locale;

/// How an order's state is printed.
final class OrderText {
  private OrderText() {}

  /// Prints it; returns 0 when the merchant has the money or may still get it, 1 when not.
  static int print(OutputOptions output, String orderId, OrderState state, Duration took) {
    output.print(
        document(state).with("orderId", orderId).with("tookMillis", took.toMillis()).members(),
        out -> out.printf(Locale.ROOT, "%s  %s  (%d ms)%n", orderId, text(state), took.toMillis()));
    return switch (state) {
      case OrderState.Paid _,
          OrderState.AwaitingPayer _,
          OrderState.Authorising _,
          OrderState.Refunded _ ->
          ExitStatus.OK;
      case OrderState.Declined _,
          OrderState.Closed _,
          OrderState.Reversed _,
          OrderState.UnknownOrder _ ->
          ExitStatus.REFUSED;
    };
  }

  static Document document(OrderState state) {
    Document document = Document.of();
    return switch (state) {
      case OrderState.Authorising authorising ->
          document.with("state", "authorising").with("paymentId", authorising.paymentId());
      case OrderState.Paid paid ->
          document
              .with("state", "paid")
              .with("paymentId", paid.paymentId())
              .with("amount", paid.amount())
              .with("paidAt", paid.paidAt());
      case OrderState.Declined declined ->
          document
              .with("state", "declined")
              .with("paymentId", declined.paymentId())
              .with("reason", declined.reason());
      case OrderState.AwaitingPayer awaiting ->
          document.with("state", "awaiting-payer").with("paymentId", awaiting.paymentId());
      case OrderState.Closed closed ->
          document.with("state", "closed").with("paymentId", closed.paymentId());
      case OrderState.Reversed reversed ->
          document.with("state", "reversed").with("paymentId", reversed.paymentId());
      case OrderState.Refunded refunded ->
          document
              .with("state", "refunded")
              .with("paymentId", refunded.paymentId())
              .with("paid", refunded.paid())
              .with("refunded", refunded.refunded());
      case OrderState.UnknownOrder _ -> document.with("state", "unknown");
    };
  }

  private static String text(OrderState state) {
    return switch (state) {
      case OrderState.Authorising _ -> "being decided: query again";
      case OrderState.Paid paid ->
          "paid %s at %s  %s".formatted(paid.amount(), paid.paidAt(), paid.paymentId());
      case OrderState.Declined declined -> "declined: " + declined.reason();
      case OrderState.AwaitingPayer awaiting ->
          "the payer has to confirm first: query again  " + awaiting.paymentId();
      case OrderState.Closed _ -> "closed: the payer did not confirm, the money went back";
      case OrderState.Reversed _ -> "reversed: the money went back";
      case OrderState.Refunded refunded ->
          "refunded %s of %s".formatted(refunded.refunded(), refunded.paid());
      case OrderState.UnknownOrder _ -> "the platform has never heard of it";
    };
  }
}
