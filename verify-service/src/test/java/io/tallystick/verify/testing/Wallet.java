package io.tallystick.verify.testing;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.model.DeviceId;
import java.time.Instant;

/// An enrolled wallet: what it keeps, and the codes it derives.
public record Wallet(
    String payerId,
    DeviceId deviceId,
    String seedId,
    Seed seed,
    Alias alias,
    Sm2PrivateKey deviceKey,
    DeviceAuthorisation authorisation,
    Instant enrolledAt) {

  public String code(Instant at, int refreshIndex) {
    return code(CodeMoment.at(at, refreshIndex));
  }

  public String code(CodeMoment moment) {
    return OfflineCodes.derive(seed, alias, moment, CodeNetwork.DEFAULT).digits();
  }

  /// A code with this wallet's alias and a password that is not any of its live ones.
  public String wrongCode(Instant at, int number) {
    String good = code(at, 0);
    int password = (Integer.parseInt(good.substring(12)) + 7_777 + number) % 100_000_000;
    return good.substring(0, 12) + "%08d".formatted(password);
  }
}
