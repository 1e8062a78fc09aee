package io.tallystick.verify.registry;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.CallerIdentity.TerminalIdentity;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.terminal.TerminalName;
import io.tallystick.verify.terminal.postgres.PostgresTerminals;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who is registered.
@Singleton
public class TerminalRegistry {
  private final Database database;
  private final Clock clock;
  private final BriefMemory<TerminalName, Terminal> memory;

  @Inject
  TerminalRegistry(Database database, Clock clock, TerminalConfig config) {
    this.database = database;
    this.clock = clock;
    this.memory = new BriefMemory<>(config.remember(), config.remembered());
  }

  /// The calling terminal.
  ///
  /// @throws io.tallystick.kit.error.ApiException `PERMISSION_DENIED` when it is not registered
  public Terminal require(TerminalIdentity caller) {
    return name(caller)
        .flatMap(this::find)
        .orElseThrow(() ->
            ApiErrors.permissionDenied(
                "TERMINAL_NOT_REGISTERED", "this terminal is not registered"));
  }

  public Optional<Terminal> find(TerminalName name) {
    return memory.get(name, missing -> database.read(h -> PostgresTerminals.find(h, missing)));
  }

  public void putMerchant(MerchantId merchant, String name) {
    database.useTransaction(handle ->
        PostgresTerminals.putMerchant(
            handle, merchant, name, clock.instant().truncatedTo(ChronoUnit.MICROS)));
  }

  /// @throws io.tallystick.kit.error.ApiException `FAILED_PRECONDITION` without its merchant
  public void put(Terminal terminal) {
    database.useTransaction(handle -> {
      if (!PostgresTerminals.merchantExists(handle, terminal.merchant())) {
        throw ApiErrors.failedPrecondition(
            "MERCHANT_NOT_REGISTERED", "register the merchant first");
      }
      PostgresTerminals.put(handle, terminal, clock.instant().truncatedTo(ChronoUnit.MICROS));
    });
    memory.forget(terminal.name());
  }

  public List<Terminal> list(MerchantId merchant, @Nullable TerminalId after, int most) {
    return database.read(handle -> PostgresTerminals.list(handle, merchant, after, most));
  }

  private static Optional<TerminalName> name(TerminalIdentity caller) {
    try {
      return Optional.of(
          new TerminalName(MerchantId.of(caller.merchantId()), TerminalId.of(caller.terminalId())));
    } catch (IllegalArgumentException noTerminalCanHaveThisName) {
      return Optional.empty();
    }
  }
}
