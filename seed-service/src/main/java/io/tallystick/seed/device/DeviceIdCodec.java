package io.tallystick.seed.device;

import io.tallystick.kit.database.ResponseCodec;
import io.tallystick.protocol.model.DeviceId;

/// Keeps the id of a device beside the key under which it was made. The secret answer itself is
/// made again from the sealed seed.
enum DeviceIdCodec implements ResponseCodec<DeviceId> {
  INSTANCE;

  @Override
  public byte[] encode(DeviceId response) {
    return response.bytes();
  }

  @Override
  public DeviceId decode(byte[] bytes) {
    return DeviceId.of(bytes);
  }
}
