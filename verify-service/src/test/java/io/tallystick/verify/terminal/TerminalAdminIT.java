package io.tallystick.verify.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.verify.v1.ListEvidenceRequest;
import io.tallystick.api.verify.v1.ListEvidenceResponse;
import io.tallystick.api.verify.v1.ListTerminalsRequest;
import io.tallystick.api.verify.v1.ListTerminalsResponse;
import io.tallystick.api.verify.v1.QueryPaymentRequest;
import io.tallystick.api.verify.v1.RegisterMerchantRequest;
import io.tallystick.api.verify.v1.RegisterTerminalRequest;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import io.tallystick.protocol.proof.DoubleSpendProof;
import io.tallystick.protocol.proof.ProofStatus;
import io.tallystick.verify.testing.Statuses;
import io.tallystick.verify.testing.TapUpload;
import io.tallystick.verify.testing.Taps;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.VerifyIT;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TerminalAdminIT extends VerifyIT {
  @Test
  void listsTerminalsInPages() {
    for (int i = 2; i <= 5; i++) {
      terminals.register(terminal.merchantId(), "t" + i);
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      ListTerminalsResponse page =
          terminals
              .admin()
              .listTerminals(
                  ListTerminalsRequest.newBuilder()
                      .setMerchantId(terminal.merchantId())
                      .setPageSize(2)
                      .setPageToken(token)
                      .build());
      page.getTerminalsList().forEach(one -> seen.add(one.getTerminalId()));
      token = page.getNextPageToken();
      pages++;
    } while (!token.isEmpty());

    assertThat(seen).containsExactly("t1", "t2", "t3", "t4", "t5");
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void refusesWhatIsNoTerminal() {
    RegisterTerminalRequest good =
        RegisterTerminalRequest.newBuilder()
            .setMerchantId(terminal.merchantId())
            .setTerminalId("t7")
            .setPublicKey(ByteString.copyFrom(terminal.key().publicKey().compressed()))
            .build();

    assertReason(good.toBuilder().setTerminalId("123456789").build(), "TERMINAL_ID_MALFORMED");
    assertReason(good.toBuilder().setMerchantId("").build(), "MERCHANT_ID_MALFORMED");
    assertReason(
        good.toBuilder().setPublicKey(ByteString.copyFrom(new byte[33])).build(),
        "PUBLIC_KEY_INVALID");
    assertReason(good.toBuilder().setFloorLimitMinor(-1).build(), "FLOOR_LIMIT_INVALID");
    assertReason(good.toBuilder().setMerchantId("nobody").build(), "MERCHANT_NOT_REGISTERED");
    assertThat(
            Statuses.of(() ->
                    terminals
                        .admin()
                        .registerMerchant(
                            RegisterMerchantRequest.newBuilder()
                                .setMerchantId("m")
                                .setName(" ")
                                .build()))
                .reason())
        .isEqualTo("NAME_INVALID");
    assertThat(
            Statuses.of(() ->
                    terminals
                        .admin()
                        .listTerminals(
                            ListTerminalsRequest.newBuilder()
                                .setMerchantId("m")
                                .setPageToken("%%")
                                .build()))
                .reason())
        .isEqualTo("PAGE_INVALID");
  }

  @Test
  void listsEvidenceOfADeviceNewestFirst() throws Exception {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    TestTerminal other = terminals.register();
    for (int counter = 1; counter <= 3; counter++) {
      TapUpload.of(terminal, Taps.tap(wallet, terminal, counter, 100, now).terminalHalf());
      TapUpload.of(other, Taps.tap(wallet, other, counter, 200, now).terminalHalf());
    }
    ListEvidenceRequest ofDevice =
        ListEvidenceRequest.newBuilder()
            .setDeviceId(wallet.deviceId().toString())
            .setPageSize(2)
            .build();

    ListEvidenceResponse first = terminals.admin().listEvidence(ofDevice);
    ListEvidenceResponse second =
        terminals
            .admin()
            .listEvidence(ofDevice.toBuilder().setPageToken(first.getNextPageToken()).build());

    assertThat(first.getEvidenceList()).hasSize(2);
    assertThat(second.getEvidenceList()).hasSize(1);
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(first.getEvidence(0).getSerial()).endsWith("00000003");
    assertThat(second.getEvidence(0).getSerial()).endsWith("00000001");
    assertThat(
            DoubleSpendProof.parse(first.getEvidence(0).getProof().toByteArray())
                .verify(seed.issuer().root()))
        .isEqualTo(ProofStatus.PROVEN);
  }

  @Test
  void keepsTerminalsAndOperatorsApart() {
    var terminalAsOperator = TerminalAdminServiceGrpc.newBlockingStub(terminal.channel());
    var operatorAsTerminal =
        VerifyServiceGrpc.newBlockingStub(terminals.channel(terminals.ca().operator("somebody")));

    assertThat(
            Statuses.of(() ->
                    terminalAsOperator.listTerminals(ListTerminalsRequest.getDefaultInstance()))
                .code())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(
            Statuses.of(() ->
                    operatorAsTerminal.queryPayment(
                        QueryPaymentRequest.newBuilder().setOrderId("o").build()))
                .code())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void servesHealthToTerminals() {
    assertThat(
            HealthGrpc.newBlockingStub(terminal.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  private void assertReason(RegisterTerminalRequest request, String reason) {
    assertThat(Statuses.of(() -> terminals.admin().registerTerminal(request)).reason())
        .isEqualTo(reason);
  }
}
