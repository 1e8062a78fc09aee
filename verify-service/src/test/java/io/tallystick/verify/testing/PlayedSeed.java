package io.tallystick.verify.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.tallystick.api.common.v1.Instrument;
import io.tallystick.api.common.v1.InstrumentKind;
import io.tallystick.api.seed.v1.CheckCodeRequest;
import io.tallystick.api.seed.v1.CheckCodeResponse;
import io.tallystick.api.seed.v1.CheckCodeResponse.Match;
import io.tallystick.api.seed.v1.CheckCodeResponse.NoMatch;
import io.tallystick.api.seed.v1.Device;
import io.tallystick.api.seed.v1.GetDevicesRequest;
import io.tallystick.api.seed.v1.GetDevicesResponse;
import io.tallystick.api.seed.v1.GetTrustBundleRequest;
import io.tallystick.api.seed.v1.GetTrustBundleResponse;
import io.tallystick.api.seed.v1.OfflineMoment;
import io.tallystick.api.seed.v1.SeedServiceGrpc;
import io.tallystick.api.seed.v1.SignTerminalPackRequest;
import io.tallystick.api.seed.v1.SignTerminalPackResponse;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.OnlineCodes;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.pack.PackContent;
import io.tallystick.protocol.pack.TerminalPack;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// seed-service as verify-service knows it, with real seeds, keys and signatures.
@Singleton
@Typed(PlayedSeed.class)
public class PlayedSeed extends SeedServiceGrpc.SeedServiceImplBase {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Mood mood = new Mood();
  private final Clock clock;
  private final Issuer issuer = new Issuer();
  private final Map<String, Wallet> byAlias = new ConcurrentHashMap<>();
  private final Map<String, Wallet> byDevice = new ConcurrentHashMap<>();
  private final Map<String, OnlineCode> online = new ConcurrentHashMap<>();
  private final Map<String, Instant> revoked = new ConcurrentHashMap<>();
  private final AtomicInteger checked = new AtomicInteger();
  private final AtomicInteger devicesAsked = new AtomicInteger();

  private record OnlineCode(String id, Wallet wallet, Instant until) {}

  @Inject
  PlayedSeed(Clock clock) {
    this.clock = clock;
  }

  public void reset() {
    mood.reset();
    checked.set(0);
    devicesAsked.set(0);
  }

  public void away(boolean isAway) {
    mood.away(isAway);
  }

  public void delay(Duration by) {
    mood.delay(by);
  }

  public int checked() {
    return checked.get();
  }

  public int devicesAsked() {
    return devicesAsked.get();
  }

  public Issuer issuer() {
    return issuer;
  }

  public Wallet enrol(String payerId) {
    return enrol(payerId, clock.instant());
  }

  public Wallet enrol(String payerId, Instant at) {
    DeviceId device = DeviceId.generate(RANDOM);
    Sm2PrivateKey key = Sm2PrivateKey.generate(RANDOM);
    Wallet wallet =
        new Wallet(
            payerId,
            device,
            "seed-" + device,
            Seed.generate(RANDOM),
            Alias.generate(RANDOM),
            key,
            issuer.authorise(device, key.publicKey(), device.toString()),
            at);
    byAlias.put(wallet.alias().digits(), wallet);
    byDevice.put(device.toString(), wallet);
    return wallet;
  }

  public String onlineCode(Wallet wallet) {
    String code = OnlineCodes.generate(CodeNetwork.DEFAULT, RANDOM).digits();
    Instant until = clock.instant().plus(OnlineCodes.VALIDITY);
    online.put(code, new OnlineCode("o-" + online.size() + "-" + wallet.deviceId(), wallet, until));
    return code;
  }

  public void revoke(Wallet wallet, Instant at) {
    revoked.put(wallet.deviceId().toString(), at);
  }

  @Override
  public void checkCode(CheckCodeRequest request, StreamObserver<CheckCodeResponse> observer) {
    checked.incrementAndGet();
    Answer.with(
        observer,
        () -> {
          mood.pass();
          return match(request.getCode())
              .map(match -> CheckCodeResponse.newBuilder().setMatch(match).build())
              .orElseGet(() ->
                  CheckCodeResponse.newBuilder().setNoMatch(NoMatch.getDefaultInstance()).build());
        });
  }

  private Optional<Match> match(String digits) {
    return switch (PaymentCode.parse(digits, CodeNetwork.DEFAULT)) {
      case PaymentCode.OfflineCode code -> offline(code);
      case PaymentCode.OnlineCode code ->
          Optional.ofNullable(online.get(code.digits()))
              .filter(known -> clock.instant().isBefore(known.until()))
              .filter(known -> isLive(known.wallet()))
              .map(known ->
                  match(known.wallet())
                      .setInstrument(
                          Instrument.newBuilder()
                              .setKind(InstrumentKind.INSTRUMENT_KIND_ONLINE_CODE)
                              .setId("online:" + known.id()))
                      .build());
      case PaymentCode.UnknownCode _ -> Optional.empty();
    };
  }

  private Optional<Match> offline(PaymentCode.OfflineCode code) {
    Wallet wallet = byAlias.get(code.alias().digits());
    if (wallet == null) {
      OfflineCodes.matchUnknownAlias(code.password(), clock.instant());
      return Optional.empty();
    }
    return OfflineCodes.match(wallet.seed(), code.password(), clock.instant())
        .filter(_ -> isLive(wallet))
        .map(moment -> match(wallet, moment));
  }

  private static Match match(Wallet wallet, CodeMoment moment) {
    String id = "code:%s:%d:%d".formatted(wallet.seedId(), moment.minute(), moment.refreshIndex());
    return match(wallet)
        .setInstrument(
            Instrument.newBuilder().setKind(InstrumentKind.INSTRUMENT_KIND_OFFLINE_CODE).setId(id))
        .setMoment(
            OfflineMoment.newBuilder()
                .setSeedId(wallet.seedId())
                .setMinute(moment.minute())
                .setRefresh(moment.refreshIndex()))
        .build();
  }

  private static Match.Builder match(Wallet wallet) {
    return Match.newBuilder()
        .setPayerId(wallet.payerId())
        .setDeviceId(wallet.deviceId().toString())
        .setAccountNumber(wallet.deviceId().toString())
        .setDeviceEnrolledAt(timestamp(wallet.enrolledAt()));
  }

  private boolean isLive(Wallet wallet) {
    Instant at = revoked.get(wallet.deviceId().toString());
    return at == null || clock.instant().isBefore(at);
  }

  @Override
  public void getDevices(GetDevicesRequest request, StreamObserver<GetDevicesResponse> observer) {
    devicesAsked.incrementAndGet();
    Answer.with(
        observer,
        () -> {
          mood.pass();
          GetDevicesResponse.Builder response = GetDevicesResponse.newBuilder();
          for (String id : request.getDeviceIdsList()) {
            Wallet wallet = byDevice.get(id);
            if (wallet != null) {
              response.addDevices(device(wallet));
            }
          }
          return response.build();
        });
  }

  private Device device(Wallet wallet) {
    Device.Builder device =
        Device.newBuilder()
            .setDeviceId(wallet.deviceId().toString())
            .setPayerId(wallet.payerId())
            .setAccountNumber(wallet.deviceId().toString())
            .setPublicKey(ByteString.copyFrom(wallet.deviceKey().publicKey().compressed()))
            .setKeyEpoch(1)
            .setEnrolledAt(timestamp(wallet.enrolledAt()));
    Instant revokedAt = revoked.get(wallet.deviceId().toString());
    if (revokedAt != null) {
      device.setRevokedAt(timestamp(revokedAt)).setRevocationReason("payer_request");
    }
    return device.build();
  }

  @Override
  public void getTrustBundle(
      GetTrustBundleRequest request, StreamObserver<GetTrustBundleResponse> observer) {
    Answer.with(
        observer,
        () -> {
          mood.pass();
          List<DeviceId> denied = revoked.keySet().stream().map(DeviceId::parse).toList();
          long version = 1 + denied.size();
          DenyList list =
              DenyList.sign(
                  version, clock.instant(), denied, issuer.certificate(), issuer.key(), RANDOM);
          GetTrustBundleResponse.Builder response =
              GetTrustBundleResponse.newBuilder()
                  .setRootPublicKey(ByteString.copyFrom(issuer.root().compressed()))
                  .addIssuerCertificates(ByteString.copyFrom(issuer.certificate().encode()))
                  .setDenyListVersion(version);
          ByteString bytes = ByteString.copyFrom(list.encode());
          return (request.getDenyListVersion() == version
                  ? response.setRefreshed(bytes)
                  : response.setFull(bytes))
              .build();
        });
  }

  @Override
  public void signTerminalPack(
      SignTerminalPackRequest request, StreamObserver<SignTerminalPackResponse> observer) {
    Answer.with(
        observer,
        () -> {
          mood.pass();
          PackContent content =
              PackContent.parse(request.getUnsignedPack().toByteArray(), NetworkProfile.DEFAULT);
          return SignTerminalPackResponse.newBuilder()
              .setSignedPack(
                  ByteString.copyFrom(TerminalPack.sign(content, issuer.key(), RANDOM).encode()))
              .build();
        });
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
