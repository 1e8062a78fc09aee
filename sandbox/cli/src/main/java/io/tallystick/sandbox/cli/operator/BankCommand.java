package io.tallystick.sandbox.cli.operator;

import io.tallystick.api.clearing.v1.DepositRequest;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;
import io.tallystick.api.clearing.v1.OwnerKind;
import io.tallystick.api.common.v1.Money;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.platform.PlatformDescription;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The simulated bank: money that comes in from outside.
@Command(
    name = "bank",
    mixinStandardHelpOptions = true,
    description = "The simulated bank: brings money in.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = BankCommand.Deposit.class)
public final class BankCommand {
  private BankCommand() {}

  /// Credits a payer; the same reference again does nothing more. Returns the available balance.
  public static Money deposit(
      PlatformDescription platform, String payerId, Money amount, String bankReference) {
    return OperatorCall.make(
        platform,
        platform.grpc().clearingService(),
        channel ->
            LedgerAdminServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(OperatorCall.DEADLINE_SECONDS, TimeUnit.SECONDS)
                .deposit(
                    DepositRequest.newBuilder()
                        .setBankReference(bankReference)
                        .setOwnerKind(OwnerKind.OWNER_KIND_PAYER)
                        .setOwnerId(payerId)
                        .setAmount(amount)
                        .build())
                .getAvailable());
  }

  @Command(
      name = "deposit",
      mixinStandardHelpOptions = true,
      description = "Credits a payer's balance; opens the account when there is none.")
  static final class Deposit implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private PlatformOption platform;

    @Option(names = "--payer", required = true, paramLabel = "ID", description = "The payer.")
    private String payerId;

    @Option(names = "--amount", required = true, description = "For example 100.00.")
    private String amount;

    @Option(
        names = "--currency",
        defaultValue = "CNY",
        description = "ISO 4217 code (default: ${DEFAULT-VALUE}).")
    private String currency;

    @Option(
        names = "--reference",
        description = "The bank's reference, the idempotency key (default: a new one).")
    private @Nullable String reference;

    @Override
    public Integer call() {
      String bankReference = reference != null ? reference : "bank-" + UUID.randomUUID();
      Money available =
          deposit(platform.read(), payerId, Amounts.parse(amount, currency), bankReference);
      output.print(
          Map.of(
              "payerId",
              payerId,
              "bankReference",
              bankReference,
              "availableMinor",
              available.getAmountMinor(),
              "currency",
              available.getCurrency()),
          out ->
              out.printf(
                  "%s has %s available (bank reference %s)%n",
                  payerId, Amounts.text(available), bankReference));
      return ExitStatus.OK;
    }
  }
}
