package io.tallystick.verify.registry;

import com.google.protobuf.Timestamp;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Idempotency;
import io.tallystick.kit.database.RequestDigest;
import io.tallystick.kit.database.ResponseCodec;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.CallerIdentity.TerminalIdentity;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.terminal.Retirement;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.terminal.TerminalName;
import io.tallystick.verify.terminal.postgres.PostgresRetirements;
import io.tallystick.verify.terminal.postgres.PostgresTerminals;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who is registered.
@Singleton
public class TerminalRegistry {
  private final Database database;
  private final Idempotency idempotency;
  private final Clock clock;
  private final BriefMemory<TerminalName, Terminal> memory;

  @Inject
  TerminalRegistry(Database database, Idempotency idempotency, Clock clock, TerminalConfig config) {
    this.database = database;
    this.idempotency = idempotency;
    this.clock = clock;
    this.memory = new BriefMemory<>(config.remember(), config.remembered());
  }

  /// The calling terminal.
  ///
  /// @throws io.tallystick.kit.error.ApiException `PERMISSION_DENIED` when it is not registered or
  ///   was retired
  public Terminal require(TerminalIdentity caller) {
    Terminal terminal =
        name(caller)
            .flatMap(this::find)
            .orElseThrow(() ->
                ApiErrors.permissionDenied(
                    "TERMINAL_NOT_REGISTERED", "this terminal is not registered"));
    if (terminal.retirement().isPresent()) {
      throw ApiErrors.permissionDenied("TERMINAL_RETIRED", "this terminal was retired");
    }
    return terminal;
  }

  /// A terminal that was ever registered, in force or retired.
  public Optional<Terminal> find(TerminalName name) {
    return memory.get(name, missing -> database.read(h -> PostgresTerminals.find(h, missing)));
  }

  /// Those of these callers whom [#require] refuses, by what the database says now.
  public Set<TerminalIdentity> outOfForce(Set<TerminalIdentity> callers) {
    Set<TerminalName> names =
        callers.stream()
            .map(TerminalRegistry::name)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    Set<TerminalName> inForce = database.read(handle -> PostgresRetirements.inForce(handle, names));
    names.stream().filter(name -> !inForce.contains(name)).forEach(memory::forget);
    return callers.stream()
        .filter(caller -> name(caller).filter(inForce::contains).isEmpty())
        .collect(Collectors.toSet());
  }

  public void putMerchant(MerchantId merchant, String name) {
    database.useTransaction(handle -> PostgresTerminals.putMerchant(handle, merchant, name, now()));
  }

  /// Registers or changes a terminal.
  ///
  /// @param reinstate whether to put it in force again if it was retired
  /// @param actor for the audit trail
  /// @throws io.tallystick.kit.error.ApiException `FAILED_PRECONDITION` without its merchant, or
  ///   when it was retired and is not to be reinstated
  public void put(Terminal terminal, boolean reinstate, String actor) {
    database.useTransaction(handle -> {
      if (!PostgresTerminals.merchantExists(handle, terminal.merchant())) {
        throw ApiErrors.failedPrecondition(
            "MERCHANT_NOT_REGISTERED", "register the merchant first");
      }
      Instant now = now();
      Optional<Terminal> before = PostgresTerminals.lock(handle, terminal.name());
      if (before.flatMap(Terminal::retirement).isPresent()) {
        if (!reinstate) {
          throw ApiErrors.failedPrecondition(
              "TERMINAL_RETIRED", "the terminal was retired; use another id, or reinstate it");
        }
        PostgresRetirements.reinstate(handle, terminal.name(), actor, now);
      }
      PostgresTerminals.put(handle, terminal, before, now);
    });
    memory.forget(terminal.name());
  }

  /// Takes a terminal out of force; one that was retired before stays as it was.
  ///
  /// @param key of idempotency, the operator's own
  /// @param actor for the audit trail
  /// @return since when it is retired
  /// @throws io.tallystick.kit.error.ApiException `NOT_FOUND` when there is no such terminal
  public Instant retire(TerminalName name, String reason, String key, String actor) {
    RequestDigest request =
        RequestDigest.of("merchant_id", name.merchant().value())
            .and("terminal_id", name.terminal().value())
            .and("reason", reason);
    Timestamp retiredAt =
        database.inTransaction(handle ->
            idempotency.once(
                handle,
                "retire-terminal:" + actor,
                key,
                request,
                ResponseCodec.protobuf(Timestamp.parser()),
                () -> ProtoTime.of(retire(handle, name, reason, actor))));
    memory.forget(name);
    return ProtoTime.from(retiredAt);
  }

  private Instant retire(Handle handle, TerminalName name, String reason, String actor) {
    Terminal terminal =
        PostgresTerminals.lock(handle, name)
            .orElseThrow(() -> ApiErrors.notFound("TERMINAL_UNKNOWN", "there is no such terminal"));
    if (terminal.retirement().isPresent()) {
      return terminal.retirement().get().at();
    }
    Retirement retirement = new Retirement(now(), reason);
    PostgresRetirements.retire(handle, name, retirement, actor);
    return retirement.at();
  }

  public List<Terminal> list(MerchantId merchant, @Nullable TerminalId after, int most) {
    return database.read(handle -> PostgresTerminals.list(handle, merchant, after, most));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
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
