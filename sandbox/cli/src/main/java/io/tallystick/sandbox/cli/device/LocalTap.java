package io.tallystick.sandbox.cli.device;

import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.protocol.tap.ReceiptStatement;
import io.tallystick.protocol.tap.TapBody;
import io.tallystick.protocol.tap.TapCard;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.tap.CardChannel;
import io.tallystick.sdk.terminal.tap.TapOutcome;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.tap.TapContext;
import io.tallystick.sdk.wallet.tap.TapPolicy;
import io.tallystick.sdk.wallet.tap.TapWallet;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A wallet held to a terminal, both on this machine and neither with a connection: the bytes of
/// the exchange go from one to the other in this process.
public final class LocalTap {
  private final TapOutcome outcome;
  private final Duration took;
  private final List<String> apdus;

  private LocalTap(TapOutcome outcome, Duration took, List<String> apdus) {
    this.outcome = outcome;
    this.took = took;
    this.apdus = List.copyOf(apdus);
  }

  /// Takes a tap.
  public static LocalTap take(Wallet wallet, Terminal terminal, Money amount, LocationCell place) {
    TapCard card = TapWallet.of(wallet, TapPolicy.DEFAULT, () -> TapContext.at(place)).card();
    List<String> apdus = new ArrayList<>();
    CardChannel channel =
        command -> {
          apdus.add("> " + HexFormat.of().formatHex(command));
          byte[] response = card.process(command);
          apdus.add("< " + HexFormat.of().formatHex(response));
          return response;
        };
    long began = System.nanoTime();
    TapOutcome outcome = terminal.take(channel, amount);
    return new LocalTap(outcome, Duration.ofNanos(System.nanoTime() - began), apdus);
  }

  /// Prints what it came to.
  ///
  /// @param transcript whether to print the exchanged APDUs too
  /// @return 0 when the terminal took it, 1 when not
  public int print(OutputOptions output, boolean transcript) {
    Document document = document();
    if (transcript) {
      document.with("apdus", apdus);
    }
    output.print(
        document.members(),
        out -> {
          if (transcript) {
            apdus.forEach(out::println);
          }
          printText(out);
        });
    return outcome instanceof TapOutcome.Accepted ? ExitStatus.OK : ExitStatus.REFUSED;
  }

  private Document document() {
    Document document = Document.of();
    switch (outcome) {
      case TapOutcome.Accepted accepted -> {
        TapBody body = accepted.half().token().body();
        document
            .with("outcome", "accepted")
            .with("paymentId", "tap_" + accepted.half().serial())
            .with("serial", accepted.half().serial().toString())
            .with("amount", body.amount())
            .with("merchantId", body.merchant().value())
            .with("terminalId", body.terminal().value())
            .with("cover", word(accepted.cover()))
            .with("allowanceLeftMinor", body.allowanceLeftMinor())
            .with("tappedAt", body.createdAt())
            .with("receiptDelivered", accepted.receiptDelivered());
      }
      case TapOutcome.Refused refused ->
          document.with("outcome", "refused").with("reason", word(refused.status()));
      case TapOutcome.Failed failed ->
          document
              .with("outcome", "failed")
              .with("failure", word(failed.failure()))
              .with("walletRefusal", failed.refusal().map(LocalTap::word));
      case TapOutcome.NotReady notReady ->
          document.with("outcome", "not_ready").with("reason", word(notReady.reason()));
    }
    return document.with("tookMillis", took.toMillis());
  }

  private void printText(PrintStream out) {
    switch (outcome) {
      case TapOutcome.Accepted accepted -> printAccepted(out, accepted);
      case TapOutcome.Refused refused ->
          out.println("not paid: the terminal refused the token (" + word(refused.status()) + ")");
      case TapOutcome.Failed failed ->
          out.println(
              failed
                  .refusal()
                  .map(refusal -> "not paid: the wallet refused (" + word(refusal) + ")")
                  .orElseGet(() -> "not paid: " + word(failed.failure())));
      case TapOutcome.NotReady notReady ->
          out.println("not paid: the terminal takes no taps now (" + word(notReady.reason()) + ")");
    }
    out.printf(Locale.ROOT, "took %d ms%n", took.toMillis());
  }

  private static void printAccepted(PrintStream out, TapOutcome.Accepted accepted) {
    TapBody body = accepted.half().token().body();
    ReceiptStatement receipt = accepted.half().receipt().orElseThrow().statement();
    out.printf("paid %s to %s at terminal %s%n", body.amount(), body.merchant(), body.terminal());
    out.printf("  serial           %s%n", accepted.half().serial());
    out.printf("  covered          %s%n", word(accepted.cover()));
    out.printf(
        "  allowance left   %s%n",
        Amounts.text(body.allowanceLeftMinor(), body.amount().currency()));
    out.printf(
        "  deny list        version %d, %d s old%n",
        receipt.denyListVersion(), receipt.denyListAgeSeconds());
    out.printf(
        "  receipt          %s%n",
        accepted.receiptDelivered() ? "kept by the wallet" : "not delivered");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
