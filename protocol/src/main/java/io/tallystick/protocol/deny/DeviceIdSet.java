package io.tallystick.protocol.deny;

import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Device ids in ascending unsigned order, eight bytes each, searched by halves. Immutable. */
final class DeviceIdSet {
  /** Flipping the sign bit makes signed order unsigned, so that the library's search works. */
  private static final long SIGN = Long.MIN_VALUE;

  private final long[] flipped;

  private DeviceIdSet(long[] flipped) {
    this.flipped = flipped;
  }

  static DeviceIdSet of(Collection<DeviceId> ids) {
    return new DeviceIdSet(
        ids.stream().mapToLong(id -> id.bits() ^ SIGN).sorted().distinct().toArray());
  }

  static DeviceIdSet read(ByteReader in, int limit, String field) {
    int count = in.bounded(in.u32(field + " count"), limit, field + " count");
    if (count > in.remaining() / DeviceId.LENGTH) {
      throw new MalformedException(field, "ends too early");
    }
    long[] flipped = new long[count];
    for (int i = 0; i < count; i++) {
      flipped[i] = DeviceId.read(in, field).bits() ^ SIGN;
      if (i > 0 && flipped[i] <= flipped[i - 1]) {
        throw new MalformedException(field, "is not strictly ascending");
      }
    }
    return new DeviceIdSet(flipped);
  }

  void write(ByteWriter out) {
    out.u32(flipped.length);
    for (long id : flipped) {
      out.i64(id ^ SIGN);
    }
  }

  int size() {
    return flipped.length;
  }

  boolean contains(DeviceId id) {
    return Arrays.binarySearch(flipped, id.bits() ^ SIGN) >= 0;
  }

  List<DeviceId> toList() {
    return Arrays.stream(flipped).mapToObj(id -> new DeviceId(id ^ SIGN)).toList();
  }

  /** The ids here that are not there. */
  DeviceIdSet minus(DeviceIdSet other) {
    return new DeviceIdSet(
        Arrays.stream(flipped).filter(id -> Arrays.binarySearch(other.flipped, id) < 0).toArray());
  }

  /** The ids here and there. */
  DeviceIdSet plus(DeviceIdSet other) {
    long[] both = Arrays.copyOf(flipped, flipped.length + other.flipped.length);
    System.arraycopy(other.flipped, 0, both, flipped.length, other.flipped.length);
    return new DeviceIdSet(Arrays.stream(both).sorted().distinct().toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceIdSet that && Arrays.equals(flipped, that.flipped);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(flipped);
  }
}
