package io.tallystick.verify.tap;

import com.google.protobuf.ByteString;
import io.tallystick.api.common.v1.Place;
import io.tallystick.api.events.v1.Behaviour;
import io.tallystick.api.events.v1.ClockEvidence;
import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.tap.BehaviourFingerprint;
import io.tallystick.protocol.tap.IntegrityFlag;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatement;
import io.tallystick.protocol.tap.TapBody;
import java.time.Instant;

/// What the other services hear of halves and of double spendings.
public final class TapEvents {
  private static final int INDEX_BITS = 16;

  private TapEvents() {}

  /// A half that is stored.
  ///
  /// @param standing the token of this tap, as the first half had it
  public static TapReceived received(VerifiedHalf half, StandingToken standing, Instant now) {
    TapBody body = half.token().body();
    TapReceived.Builder event =
        TapReceived.newBuilder()
            .setPaymentId(half.paymentId())
            .setSerial(half.serial())
            .setPayerId(half.payerId())
            .setDeviceId(half.token().deviceId().toString())
            .setCounter((int) body.counter().value())
            .setMerchantId(body.merchant().value())
            .setTerminalId(body.terminal().value())
            .setAmount(ProtoMoney.of(body.amount()))
            .setSide(
                switch (half.half().side()) {
                  case WALLET -> TapSide.TAP_SIDE_WALLET;
                  case TERMINAL -> TapSide.TAP_SIDE_TERMINAL;
                })
            .setTappedAt(ProtoTime.of(body.createdAt()))
            .setReceivedAt(ProtoTime.of(now))
            .setTokenDigest(ByteString.copyFrom(standing.tokenDigest().bytes()))
            .setAllowanceLeftMinor(body.allowanceLeftMinor())
            .setPoweredOff(body.poweredOff())
            .setBehaviour(behaviour(body.fingerprint()))
            .setClock(clock(body))
            .setMissingCounters((int) Math.min(standing.missingCounters(), 0xFFFF_FFFFL))
            .setLate(half.isLate());
    half.half().receipt().ifPresent(receipt -> addReceipt(event, receipt));
    half.place()
        .ifPresent(place ->
            event.setTerminalPlace(
                Place.newBuilder()
                    .setLatitudeDegrees(place.latitudeDegrees())
                    .setLongitudeDegrees(place.longitudeDegrees())));
    return event.build();
  }

  /// A second body under a serial.
  public static TapConflict conflict(
      VerifiedHalf second, StandingToken standing, Evidence evidence) {
    TapBody body = second.token().body();
    return TapConflict.newBuilder()
        .setSerial(evidence.serial())
        .setPayerId(evidence.payerId())
        .setDeviceId(evidence.deviceId())
        .setEvidenceId(evidence.id().toString())
        .setFirstTokenDigest(ByteString.copyFrom(standing.tokenDigest().bytes()))
        .setSecondTokenDigest(ByteString.copyFrom(second.token().digest().bytes()))
        .setSecondMerchantId(body.merchant().value())
        .setSecondTerminalId(body.terminal().value())
        .setSecondAmount(ProtoMoney.of(body.amount()))
        .setDetectedAt(ProtoTime.of(evidence.detectedAt()))
        .setProof(ByteString.copyFrom(evidence.proof()))
        .build();
  }

  private static void addReceipt(TapReceived.Builder event, Receipt receipt) {
    ReceiptStatement statement = receipt.statement();
    event
        .setReceiptDigest(ByteString.copyFrom(Sm3.hash(receipt.encode()).bytes()))
        .setReceiptAmount(ProtoMoney.of(statement.amount()))
        .setReceiptMerchantId(statement.merchant().value());
  }

  private static Behaviour behaviour(BehaviourFingerprint fingerprint) {
    int flags = 0;
    for (IntegrityFlag flag : fingerprint.integrity()) {
      flags |= 1 << flag.ordinal();
    }
    return Behaviour.newBuilder()
        .setLocationCell(cell(fingerprint.location()))
        .setSecondsSinceUnlock(fingerprint.secondsSinceUnlock())
        .setTapsLast10Seconds(fingerprint.tapsInTenSeconds())
        .setTapsLast60Seconds(fingerprint.tapsInMinute())
        .setTapsLastHour(fingerprint.tapsInHour())
        .setIntegrityFlags(flags)
        .setUnlockMethod(fingerprint.unlockMethod().ordinal())
        .build();
  }

  /// As in the fingerprint's own bytes, latitude first; 0 for an unknown place.
  private static int cell(LocationCell cell) {
    return cell.isKnown() ? cell.latitudeIndex() << INDEX_BITS | cell.longitudeIndex() : 0;
  }

  private static ClockEvidence clock(TapBody body) {
    return ClockEvidence.newBuilder()
        .setLastServerTime(ProtoTime.of(body.clockEvidence().lastServerTime()))
        .setElapsedSeconds((int) body.clockEvidence().elapsedSeconds())
        .setCreatedAt(ProtoTime.of(body.createdAt()))
        .build();
  }
}
