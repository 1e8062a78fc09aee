package io.tallystick.clearing.payment;

import com.google.protobuf.Timestamp;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.List;

/// Values between the messages of `api` and this service's own.
public final class ProtoValues {
  private ProtoValues() {}

  /// @throws IllegalArgumentException for an amount or currency that the protocol has not
  public static Money money(io.tallystick.api.common.v1.Money money) {
    return ProtoMoney.from(money);
  }

  public static io.tallystick.api.common.v1.Money money(Money money) {
    return ProtoMoney.of(money);
  }

  public static io.tallystick.api.common.v1.Money money(long amountMinor, String currency) {
    return ProtoMoney.of(amountMinor, currency);
  }

  public static Instant instant(Timestamp timestamp) {
    return ProtoTime.from(timestamp);
  }

  public static Timestamp timestamp(Instant instant) {
    return ProtoTime.of(instant);
  }

  public static Reason reason(io.tallystick.api.common.v1.Reason reason) {
    return new Reason(
        reason.getRule(),
        reason.getExplanation(),
        reason.getInputsMap(),
        reason.getThresholdsMap(),
        reason.getPaymentIdsList());
  }

  public static List<Reason> reasons(List<io.tallystick.api.common.v1.Reason> reasons) {
    return reasons.stream().map(ProtoValues::reason).toList();
  }

  public static io.tallystick.api.common.v1.Reason reason(Reason reason) {
    return io.tallystick.api.common.v1.Reason.newBuilder()
        .setRule(reason.rule())
        .setExplanation(reason.explanation())
        .putAllInputs(reason.inputs())
        .putAllThresholds(reason.thresholds())
        .addAllPaymentIds(reason.paymentIds())
        .build();
  }

  public static Instrument instrument(io.tallystick.api.common.v1.Instrument instrument) {
    return new Instrument(
        switch (instrument.getKind()) {
          case INSTRUMENT_KIND_OFFLINE_CODE -> InstrumentKind.OFFLINE_CODE;
          case INSTRUMENT_KIND_ONLINE_CODE -> InstrumentKind.ONLINE_CODE;
          case INSTRUMENT_KIND_TAP -> InstrumentKind.TAP;
          case INSTRUMENT_KIND_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException("instrument kind is not set");
        },
        instrument.getId());
  }

  public static io.tallystick.api.common.v1.Instrument instrument(Instrument instrument) {
    return io.tallystick.api.common.v1.Instrument.newBuilder()
        .setKind(
            switch (instrument.kind()) {
              case OFFLINE_CODE ->
                  io.tallystick.api.common.v1.InstrumentKind.INSTRUMENT_KIND_OFFLINE_CODE;
              case ONLINE_CODE ->
                  io.tallystick.api.common.v1.InstrumentKind.INSTRUMENT_KIND_ONLINE_CODE;
              case TAP -> io.tallystick.api.common.v1.InstrumentKind.INSTRUMENT_KIND_TAP;
            })
        .setId(instrument.id())
        .build();
  }
}
