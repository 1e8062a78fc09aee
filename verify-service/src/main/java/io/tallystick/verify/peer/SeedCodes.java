package io.tallystick.verify.peer;

import io.tallystick.api.common.v1.Instrument;
import io.tallystick.api.seed.v1.CheckCodeRequest;
import io.tallystick.api.seed.v1.CheckCodeResponse;
import io.tallystick.api.seed.v1.CheckCodeResponse.Match;
import io.tallystick.api.seed.v1.SeedServiceGrpc;
import io.tallystick.api.seed.v1.SeedServiceGrpc.SeedServiceBlockingStub;
import io.tallystick.kit.grpc.PeerChannels;
import io.tallystick.kit.grpc.PeerClient;
import io.tallystick.kit.grpc.Retry;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.verify.code.CodeMatch;
import io.tallystick.verify.code.CodeMatch.Kind;
import io.tallystick.verify.code.CodeMatch.Payable;
import io.tallystick.verify.code.CodeMatch.SeedMoment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks seed-service for whom a code would pay. Consumes nothing.
@Singleton
public class SeedCodes {
  private final PeerClient<SeedServiceBlockingStub> seed;
  private final PeerDeadlines deadlines;

  @Inject
  SeedCodes(PeerChannels channels, PeerDeadlines deadlines) {
    this.seed = channels.client("seed", SeedServiceGrpc::newBlockingStub);
    this.deadlines = deadlines;
  }

  /// Empty when the code is wrong, expired, revoked or unknown.
  public Optional<CodeMatch> check(String code) {
    CheckCodeRequest request = CheckCodeRequest.newBuilder().setCode(code).build();
    CheckCodeResponse response =
        seed.call(Retry.IF_UNAVAILABLE, deadlines.checkCode(), stub -> stub.checkCode(request));
    return switch (response.getResultCase()) {
      case MATCH -> Optional.of(match(response.getMatch()));
      case NO_MATCH -> Optional.empty();
      case RESULT_NOT_SET -> throw new IllegalStateException("seed-service gave no result");
    };
  }

  private static CodeMatch match(Match match) {
    Instrument instrument = match.getInstrument();
    Payable payable =
        new Payable(
            match.getPayerId(),
            match.getDeviceId(),
            kind(instrument),
            instrument.getId(),
            ProtoTime.from(match.getDeviceEnrolledAt()));
    return new CodeMatch(payable, moment(match));
  }

  private static Kind kind(Instrument instrument) {
    return switch (instrument.getKind()) {
      case INSTRUMENT_KIND_OFFLINE_CODE -> Kind.OFFLINE_CODE;
      case INSTRUMENT_KIND_ONLINE_CODE -> Kind.ONLINE_CODE;
      case INSTRUMENT_KIND_TAP, INSTRUMENT_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("seed-service matched a code to " + instrument.getKind());
    };
  }

  private static @Nullable SeedMoment moment(Match match) {
    if (!match.hasMoment()) {
      return null;
    }
    return new SeedMoment(
        match.getMoment().getSeedId(),
        new CodeMoment(match.getMoment().getMinute(), match.getMoment().getRefresh()));
  }
}
