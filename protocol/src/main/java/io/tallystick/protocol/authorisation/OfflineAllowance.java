package io.tallystick.protocol.authorisation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.KeyEpoch;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;

/**
 * What a device may do offline, field 13 of the authorisation: {@value #LENGTH} bytes.
 *
 * @param deviceId whose it is
 * @param allowanceMinor what clearing-service holds for this authorisation, minor units of the
 *     profile's currency, 0 to 2³²−1
 * @param maxTaps largest number of taps before going online, 0 to 255
 * @param poweredOffAllowed flag bit 0: whether the secure element may tap with the phone off
 * @param keyEpoch of the device key
 */
public record OfflineAllowance(
    DeviceId deviceId,
    long allowanceMinor,
    int maxTaps,
    boolean poweredOffAllowed,
    KeyEpoch keyEpoch) {

  /** Bytes on the wire, without the length byte before them. */
  public static final int LENGTH = 16;

  private static final int POWERED_OFF_FLAG = 0x01;

  public OfflineAllowance {
    requireNonNull(deviceId, "deviceId is null");
    requireNonNull(keyEpoch, "keyEpoch is null");
    if (allowanceMinor < 0 || allowanceMinor > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("allowanceMinor is out of range: " + allowanceMinor);
    }
    if (maxTaps < 0 || maxTaps > 0xFF) {
      throw new IllegalArgumentException("maxTaps is not a byte: " + maxTaps);
    }
  }

  static OfflineAllowance read(ByteReader in) {
    DeviceId deviceId = DeviceId.read(in, "device id");
    long allowanceMinor = in.u32("offline allowance");
    int maxTaps = in.u8("largest number of taps");
    int flags = in.u8("flags");
    if ((flags & ~POWERED_OFF_FLAG) != 0) {
      throw new MalformedException("flags", "has unknown bits set");
    }
    return new OfflineAllowance(
        deviceId,
        allowanceMinor,
        maxTaps,
        flags == POWERED_OFF_FLAG,
        KeyEpoch.read(in, "key epoch"));
  }

  void write(ByteWriter out) {
    out.i64(deviceId.bits())
        .u32(allowanceMinor)
        .u8(maxTaps)
        .u8(poweredOffAllowed ? POWERED_OFF_FLAG : 0)
        .u16(keyEpoch.value());
  }
}
