package io.tallystick.sandbox.cli.operator;

import io.tallystick.api.clearing.v1.CheckLedgerRequest;
import io.tallystick.api.clearing.v1.CheckLedgerResponse;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;
import io.tallystick.api.clearing.v1.LedgerFinding;
import io.tallystick.api.clearing.v1.RunSettlementRequest;
import io.tallystick.api.clearing.v1.RunSettlementResponse;
import io.tallystick.api.clearing.v1.SettlementBatch;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.platform.PlatformDescription;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The ledger's own commands.
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "Proves the ledger, and closes its days.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LedgerCommand.Check.class, LedgerCommand.Settle.class})
public final class LedgerCommand {
  private LedgerCommand() {}

  /// The check itself, for commands and the story alike.
  public static CheckLedgerResponse check(PlatformDescription platform) {
    return OperatorCall.make(
        platform,
        platform.grpc().clearingService(),
        channel ->
            LedgerAdminServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(OperatorCall.DEADLINE_SECONDS, TimeUnit.SECONDS)
                .checkLedger(CheckLedgerRequest.getDefaultInstance()));
  }

  /// Closes a day for every merchant, or for one.
  public static RunSettlementResponse settle(
      PlatformDescription platform, LocalDate day, String merchantId) {
    return OperatorCall.make(
        platform,
        platform.grpc().clearingService(),
        channel ->
            LedgerAdminServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(OperatorCall.DEADLINE_SECONDS, TimeUnit.SECONDS)
                .runSettlement(
                    RunSettlementRequest.newBuilder()
                        .setDay(day.toString())
                        .setMerchantId(merchantId)
                        .build()));
  }

  /// Prints what the check found.
  public static void print(PrintStream out, CheckLedgerResponse check) {
    out.printf(
        "%d accounts, %d postings, %d entries, %d payments%n",
        check.getAccounts(), check.getPostings(), check.getEntries(), check.getPayments());
    out.printf(
        "halves: %d matched, %d alone, %d disputed%n",
        check.getHalvesMatched(), check.getHalvesAlone(), check.getHalvesDisputed());
    check.getInSystemList().forEach(sum -> out.println("in the system: " + Amounts.text(sum)));
    for (LedgerFinding finding : check.getFindingsList()) {
      out.printf(
          "NOT SOUND  %s  %s: %s%n",
          finding.getCheck(), finding.getSubject(), finding.getExplanation());
    }
    out.println(check.getSound() ? "the ledger is sound" : "THE LEDGER IS NOT SOUND");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Proves the ledger: every posting sums to zero, every balance equals its entries,",
        "no hold is orphaned, every half is matched or listed as alone.",
        "Exit status: 0 sound, 1 not, 3 the platform can't be reached."
      })
  static final class Check implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private PlatformOption platform;

    @Override
    public Integer call() {
      CheckLedgerResponse check = check(platform.read());
      output.print(document(check), out -> print(out, check));
      return check.getSound() ? ExitStatus.OK : ExitStatus.REFUSED;
    }

    private static Map<String, Object> document(CheckLedgerResponse check) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("sound", check.getSound());
      document.put("accounts", check.getAccounts());
      document.put("postings", check.getPostings());
      document.put("entries", check.getEntries());
      document.put("payments", check.getPayments());
      document.put("halvesMatched", check.getHalvesMatched());
      document.put("halvesAlone", check.getHalvesAlone());
      document.put("halvesDisputed", check.getHalvesDisputed());
      document.put(
          "inSystem",
          check.getInSystemList().stream()
              .map(
                  sum -> Map.of("amountMinor", sum.getAmountMinor(), "currency", sum.getCurrency()))
              .toList());
      document.put(
          "findings",
          check.getFindingsList().stream()
              .map(finding ->
                  Map.of(
                      "check", finding.getCheck(),
                      "subject", finding.getSubject(),
                      "explanation", finding.getExplanation()))
              .toList());
      return document;
    }
  }

  @Command(
      name = "settle",
      mixinStandardHelpOptions = true,
      description = "Closes a settlement day. Doing it again changes nothing.")
  static final class Settle implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private PlatformOption platform;

    @Option(
        names = "--day",
        required = true,
        paramLabel = "YYYY-MM-DD",
        description = "The day, in the platform's settlement time zone.")
    private LocalDate day;

    @Option(names = "--merchant", paramLabel = "ID", description = "Only this merchant.")
    private @Nullable String merchantId;

    @Override
    public Integer call() {
      RunSettlementResponse settled =
          settle(platform.read(), day, merchantId == null ? "" : merchantId);
      output.print(
          settled.getBatchesList().stream().map(Settle::document).toList(),
          out -> {
            settled.getBatchesList().forEach(batch -> out.println(text(batch)));
            out.println(settled.getBatchesCount() + " batches");
          });
      return ExitStatus.OK;
    }

    private static String text(SettlementBatch batch) {
      return "%s  %-15s %d payments, gross %s, returned %s, net %s"
          .formatted(
              batch.getDay(),
              batch.getMerchantId(),
              batch.getPaymentCount(),
              Amounts.text(batch.getGross()),
              Amounts.text(batch.getReturned()),
              Amounts.text(batch.getNet()));
    }

    private static Map<String, Object> document(SettlementBatch batch) {
      return Map.of(
          "batchId", batch.getBatchId(),
          "merchantId", batch.getMerchantId(),
          "day", batch.getDay(),
          "currency", batch.getNet().getCurrency(),
          "grossMinor", batch.getGross().getAmountMinor(),
          "returnedMinor", batch.getReturned().getAmountMinor(),
          "netMinor", batch.getNet().getAmountMinor(),
          "paymentCount", batch.getPaymentCount());
    }
  }
}
