package io.tallystick.seed.grpc;

import com.google.protobuf.ByteString;
import io.tallystick.api.common.v1.Instrument;
import io.tallystick.api.common.v1.InstrumentKind;
import io.tallystick.api.seed.v1.CheckCodeResponse;
import io.tallystick.api.seed.v1.CheckCodeResponse.Match;
import io.tallystick.api.seed.v1.CheckCodeResponse.NoMatch;
import io.tallystick.api.seed.v1.Device;
import io.tallystick.api.seed.v1.GetTrustBundleResponse;
import io.tallystick.api.seed.v1.OfflineMoment;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.seed.code.CodeMatch;
import io.tallystick.seed.denylist.DenyListAnswer;
import io.tallystick.seed.issuer.IssuerKey;
import java.util.List;
import java.util.Optional;

/// The domain as messages.
final class Messages {
  private Messages() {}

  static CheckCodeResponse check(Optional<CodeMatch> match) {
    return match
        .map(found -> CheckCodeResponse.newBuilder().setMatch(match(found)).build())
        .orElseGet(
            () -> CheckCodeResponse.newBuilder().setNoMatch(NoMatch.getDefaultInstance()).build());
  }

  private static Match match(CodeMatch found) {
    CodeMatch.Holder holder = found.holder();
    Match.Builder match =
        Match.newBuilder()
            .setPayerId(holder.payerId())
            .setDeviceId(holder.deviceId().toString())
            .setAccountNumber(holder.account().value())
            .setDeviceEnrolledAt(ProtoTime.of(holder.enrolledAt()));
    return switch (found) {
      case CodeMatch.Offline offline ->
          match
              .setInstrument(
                  instrument(InstrumentKind.INSTRUMENT_KIND_OFFLINE_CODE, offline.instrumentId()))
              .setMoment(
                  OfflineMoment.newBuilder()
                      .setSeedId(offline.seedId().toString())
                      .setMinute(offline.moment().minute())
                      .setRefresh(offline.moment().refreshIndex()))
              .build();
      case CodeMatch.Online online ->
          match
              .setInstrument(
                  instrument(InstrumentKind.INSTRUMENT_KIND_ONLINE_CODE, online.instrumentId()))
              .build();
    };
  }

  static Device device(io.tallystick.seed.device.Device device) {
    Device.Builder message =
        Device.newBuilder()
            .setDeviceId(device.id().toString())
            .setPayerId(device.payerId())
            .setAccountNumber(device.account().value())
            .setPublicKey(ByteString.copyFrom(device.publicKey().compressed()))
            .setKeyEpoch(device.keyEpoch())
            .setAllowance(ProtoMoney.of(device.allowance()));
    device.enrolledAt().ifPresent(at -> message.setEnrolledAt(ProtoTime.of(at)));
    device
        .revocation()
        .ifPresent(revocation ->
            message
                .setRevokedAt(ProtoTime.of(revocation.at()))
                .setRevocationReason(revocation.reason().text()));
    return message.build();
  }

  static GetTrustBundleResponse bundle(
      Sm2PublicKey root, List<IssuerKey> issuers, DenyListAnswer answer) {
    GetTrustBundleResponse.Builder bundle =
        GetTrustBundleResponse.newBuilder()
            .setRootPublicKey(ByteString.copyFrom(root.compressed()))
            .setDenyListVersion(answer.version());
    issuers.stream()
        .flatMap(issuer -> issuer.certificate().stream())
        .map(IssuerCertificate::encode)
        .map(ByteString::copyFrom)
        .forEach(bundle::addIssuerCertificates);
    ByteString encoded = ByteString.copyFrom(answer.encoded());
    return switch (answer) {
      case DenyListAnswer.Full _ -> bundle.setFull(encoded).build();
      case DenyListAnswer.Delta _ -> bundle.setDelta(encoded).build();
      case DenyListAnswer.Refreshed _ -> bundle.setRefreshed(encoded).build();
    };
  }

  private static Instrument instrument(InstrumentKind kind, String id) {
    return Instrument.newBuilder().setKind(kind).setId(id).build();
  }
}
