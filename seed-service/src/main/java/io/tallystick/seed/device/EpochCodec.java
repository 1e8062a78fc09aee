package io.tallystick.seed.device;

import io.tallystick.kit.database.ResponseCodec;
import java.nio.ByteBuffer;

/// Keeps which key epoch a renewal leads to beside the key under which it was asked for.
enum EpochCodec implements ResponseCodec<Integer> {
  INSTANCE;

  @Override
  public byte[] encode(Integer response) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(response).array();
  }

  @Override
  public Integer decode(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt();
  }
}
