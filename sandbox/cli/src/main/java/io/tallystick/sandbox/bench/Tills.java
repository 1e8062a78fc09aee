package io.tallystick.sandbox.bench;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.tallystick.api.verify.v1.RegisterMerchantRequest;
import io.tallystick.api.verify.v1.RegisterTerminalRequest;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.platform.GrpcChannels;
import io.tallystick.sandbox.platform.PlatformDescription;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// Registered terminals with a certificate and a connection each.
final class Tills implements AutoCloseable {
  private static final long FLOOR_LIMIT_MINOR = 100_000;

  private final List<Till> tills = new ArrayList<>();

  /// One terminal.
  record Till(
      MerchantId merchant, TerminalId terminal, Sm2PrivateKey receiptKey, ManagedChannel channel) {}

  /// @param prefix of the merchants' ids
  /// @param merchants how many, each with as many terminals as the others
  static Tills open(PlatformDescription platform, String prefix, int merchants, int terminalsEach)
      throws IOException {
    Tills opened = new Tills();
    ManagedChannel operator = GrpcChannels.operator(platform, platform.grpc().verifyService());
    try {
      DevCa ca = DevCa.open(platform.certificatesFolder());
      for (int i = 0; i < merchants * terminalsEach; i++) {
        opened.add(platform, operator, ca, prefix + i / terminalsEach, "t" + i % terminalsEach);
      }
      return opened;
    } finally {
      GrpcChannels.close(operator);
    }
  }

  private void add(
      PlatformDescription platform, ManagedChannel operator, DevCa ca, String merchant, String name)
      throws IOException {
    Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
    var admin = TerminalAdminServiceGrpc.newBlockingStub(operator);
    admin.registerMerchant(
        RegisterMerchantRequest.newBuilder().setMerchantId(merchant).setName(merchant).build());
    admin.registerTerminal(
        RegisterTerminalRequest.newBuilder()
            .setMerchantId(merchant)
            .setTerminalId(name)
            .setPublicKey(ByteString.copyFrom(key.publicKey().compressed()))
            .setFloorLimitMinor(FLOOR_LIMIT_MINOR)
            .build());
    DevCa.Credentials credentials = ca.terminal(merchant, name);
    ManagedChannel channel =
        GrpcChannels.open(
            platform.caFile(),
            credentials.certificate(),
            credentials.key(),
            platform.grpc().verifyService());
    tills.add(new Till(MerchantId.of(merchant), TerminalId.of(name), key, channel));
  }

  Till get(int index) {
    return tills.get(index % tills.size());
  }

  int count() {
    return tills.size();
  }

  @Override
  public void close() {
    tills.forEach(till -> GrpcChannels.close(till.channel()));
  }
}
