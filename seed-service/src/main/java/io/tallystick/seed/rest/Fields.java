package io.tallystick.seed.rest;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.wire.MalformedException;
import java.util.function.Supplier;

/// Makes values of the domain from a request's fields. What is wrong is said without the value.
public final class Fields {
  private Fields() {}

  public static Sm2PublicKey publicKey(String field, byte[] compressed) {
    return parsed(field, () -> Sm2PublicKey.fromCompressed(compressed));
  }

  public static Sm2Signature signature(String field, byte[] raw) {
    return parsed(field, () -> Sm2Signature.of(raw));
  }

  public static DeviceId deviceId(String text) {
    return parsed("deviceId", () -> DeviceId.parse(text));
  }

  private static <T> T parsed(String field, Supplier<T> value) {
    try {
      return value.get();
    } catch (MalformedException malformed) {
      throw malformed(field, "is malformed");
    }
  }

  /// What is wrong with a field, without its value.
  public static ApiException malformed(String field, String problem) {
    return ApiErrors.invalidArgument("FIELD_MALFORMED", field + " " + problem).with("field", field);
  }
}
