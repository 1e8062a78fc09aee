package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import java.util.Set;

/**
 * What the wallet knows about the moment of a tap, {@value #LENGTH} bytes: {@code cell(4) ‖ seconds
 * since unlock(3) ‖ taps in 10 s(1) ‖ in 60 s(1) ‖ in 1 h(2) ‖ integrity(1) ‖ unlock method(1) ‖
 * zero(3)}. Counts are of the taps before this one and stop at what their bytes hold.
 *
 * @param location where, coarsely
 * @param secondsSinceUnlock 0 to {@value #MAX_SECONDS}, which also means longer or never
 * @param tapsInTenSeconds 0 to 255
 * @param tapsInMinute 0 to 255
 * @param tapsInHour 0 to 65535
 * @param integrity what was noticed about the phone
 * @param unlockMethod how it was unlocked
 */
public record BehaviourFingerprint(
    LocationCell location,
    int secondsSinceUnlock,
    int tapsInTenSeconds,
    int tapsInMinute,
    int tapsInHour,
    Set<IntegrityFlag> integrity,
    UnlockMethod unlockMethod) {

  /** Bytes on the wire. */
  public static final int LENGTH = 16;

  public static final int MAX_SECONDS = 0xFF_FFFF;

  /** Nothing is known: for a tap with the phone off. */
  public static final BehaviourFingerprint UNKNOWN =
      new BehaviourFingerprint(
          LocationCell.UNKNOWN, MAX_SECONDS, 0, 0, 0, Set.of(), UnlockMethod.UNKNOWN);

  public BehaviourFingerprint {
    requireNonNull(location, "location is null");
    requireNonNull(unlockMethod, "unlockMethod is null");
    integrity = Set.copyOf(integrity);
    secondsSinceUnlock = atMost(secondsSinceUnlock, MAX_SECONDS, "secondsSinceUnlock");
    tapsInTenSeconds = atMost(tapsInTenSeconds, 0xFF, "tapsInTenSeconds");
    tapsInMinute = atMost(tapsInMinute, 0xFF, "tapsInMinute");
    tapsInHour = atMost(tapsInHour, 0xFFFF, "tapsInHour");
  }

  static BehaviourFingerprint read(ByteReader in) {
    LocationCell location = LocationCell.read(in);
    int secondsSinceUnlock = in.u24("seconds since unlock");
    int tapsInTenSeconds = in.u8("taps in 10 s");
    int tapsInMinute = in.u8("taps in 60 s");
    int tapsInHour = in.u16("taps in 1 h");
    Set<IntegrityFlag> integrity = IntegrityFlag.read(in);
    UnlockMethod unlockMethod = UnlockMethod.read(in);
    in.expect(0, 3, "reserved");
    return new BehaviourFingerprint(
        location,
        secondsSinceUnlock,
        tapsInTenSeconds,
        tapsInMinute,
        tapsInHour,
        integrity,
        unlockMethod);
  }

  void write(ByteWriter out) {
    location.write(out);
    out.u24(secondsSinceUnlock)
        .u8(tapsInTenSeconds)
        .u8(tapsInMinute)
        .u16(tapsInHour)
        .u8(IntegrityFlag.bits(integrity))
        .u8(unlockMethod.ordinal())
        .u24(0);
  }

  private static int atMost(int value, int limit, String field) {
    if (value < 0) {
      throw new IllegalArgumentException(field + " is negative: " + value);
    }
    return Math.min(value, limit);
  }
}
