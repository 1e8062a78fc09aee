package io.tallystick.sandbox.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tallystick.sandbox.platform.ServiceRuntime;
import java.util.List;
import java.util.Map;

/// Everything that one run measured; its JSON is what `--json` writes.
///
/// @param services by name and by what it ran on
/// @param floors what has to hold, with what was found
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchFigures(
    Machine machine,
    Reference reference,
    PayByCode payByCode,
    TapCheck tapCheck,
    Clear clear,
    Map<String, Map<ServiceRuntime.Kind, ServiceTrial.Start>> services,
    Ledger ledger,
    List<Floor> floors) {

  /// @param runtime what the services ran on
  /// @param options of each service's process
  /// @param settings of PostgreSQL, for the platform and the reference alike
  public record Machine(
      int cores,
      String processor,
      String java,
      ServiceRuntime.Kind runtime,
      List<String> options,
      Map<String, String> settings,
      String measuredAt) {}

  /// @param tpcbPerSecond TPC-B transactions, 16 connections, one transaction each
  /// @param sm2VerifyPerSecond bare SM2 verifications on one core
  public record Reference(double tpcbPerSecond, int tpcbScale, double sm2VerifyPerSecond) {}

  /// @param perSecond durable, the best of the callers
  /// @param p99MillisAtHalfLoad of payments that begin steadily at half of it
  /// @param byAccounts per second, by how many accounts there are, with `scaleCallers` callers
  public record PayByCode(
      double perSecond,
      double p50MillisAtHalfLoad,
      double p99MillisAtHalfLoad,
      List<CodeLoad.Outcome> byCallers,
      int scaleCallers,
      Map<String, Double> byAccounts,
      Map<String, Long> otherAnswers) {}

  /// @param perSecondPerCore authorisation seen before
  /// @param coldPerSecondPerCore nothing remembered: three signatures
  public record TapCheck(double perSecondPerCore, double coldPerSecondPerCore) {}

  /// @param tapsPerSecond from the first byte uploaded until the last tap is cleared
  public record Clear(
      double tapsPerSecond, double oneMerchantTapsPerSecond, int taps, int payers) {}

  public record Ledger(long payments, long entries, int findings) {}

  /// @param found what was measured, in the unit of `wanted`
  public record Floor(String what, double found, double wanted, boolean held) {
    static Floor atLeast(String what, double found, double wanted) {
      return new Floor(what, found, wanted, found >= wanted);
    }

    static Floor atMost(String what, double found, double wanted) {
      return new Floor(what, found, wanted, found <= wanted);
    }
  }

  /// Whether every floor held.
  public boolean hold() {
    return floors.stream().allMatch(Floor::held);
  }
}
