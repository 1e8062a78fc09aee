package io.tallystick.verify.peer;

import com.google.protobuf.ByteString;
import io.tallystick.api.seed.v1.Device;
import io.tallystick.api.seed.v1.GetDevicesRequest;
import io.tallystick.api.seed.v1.GetTrustBundleRequest;
import io.tallystick.api.seed.v1.GetTrustBundleResponse;
import io.tallystick.api.seed.v1.SeedServiceGrpc;
import io.tallystick.api.seed.v1.SeedServiceGrpc.SeedServiceBlockingStub;
import io.tallystick.api.seed.v1.SignTerminalPackRequest;
import io.tallystick.kit.grpc.PeerChannels;
import io.tallystick.kit.grpc.PeerClient;
import io.tallystick.kit.grpc.Retry;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.verify.device.KnownDevice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Asks seed-service for devices and for what the platform trusts, and to sign terminal packs.
/// Reads and signatures without an effect: each may be asked for again.
@Singleton
public class SeedTrust {
  /// Most devices of one question.
  public static final int MOST_DEVICES = 500;

  private final PeerClient<SeedServiceBlockingStub> seed;
  private final PeerDeadlines deadlines;

  @Inject
  SeedTrust(PeerChannels channels, PeerDeadlines deadlines) {
    this.seed = channels.client("seed", SeedServiceGrpc::newBlockingStub);
    this.deadlines = deadlines;
  }

  /// The devices there are among these, at most [#MOST_DEVICES].
  public Map<DeviceId, KnownDevice> devices(Collection<DeviceId> ids) {
    GetDevicesRequest request =
        GetDevicesRequest.newBuilder()
            .addAllDeviceIds(ids.stream().map(DeviceId::toString).toList())
            .build();
    Map<DeviceId, KnownDevice> known = new HashMap<>();
    for (Device device : call(stub -> stub.getDevices(request)).getDevicesList()) {
      DeviceId id = DeviceId.parse(device.getDeviceId());
      known.put(
          id,
          new KnownDevice(
              id,
              device.getPayerId(),
              device.hasRevokedAt()
                  ? Optional.of(ProtoTime.from(device.getRevokedAt()))
                  : Optional.empty()));
    }
    return known;
  }

  /// @param denyListVersion the caller has, 0 for none
  public GetTrustBundleResponse trustBundle(long denyListVersion) {
    GetTrustBundleRequest request =
        GetTrustBundleRequest.newBuilder().setDenyListVersion(denyListVersion).build();
    return call(stub -> stub.getTrustBundle(request));
  }

  /// The signed pack.
  public byte[] sign(byte[] unsignedPack) {
    SignTerminalPackRequest request =
        SignTerminalPackRequest.newBuilder()
            .setUnsignedPack(ByteString.copyFrom(unsignedPack))
            .build();
    return call(stub -> stub.signTerminalPack(request)).getSignedPack().toByteArray();
  }

  private <R> R call(Function<SeedServiceBlockingStub, R> method) {
    return seed.call(Retry.IF_UNAVAILABLE, deadlines.trust(), method);
  }
}
