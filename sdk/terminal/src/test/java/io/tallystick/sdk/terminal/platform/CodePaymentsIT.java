package io.tallystick.sdk.terminal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.tallystick.api.verify.v1.Authorising;
import io.tallystick.api.verify.v1.DeclineReason;
import io.tallystick.api.verify.v1.Declined;
import io.tallystick.api.verify.v1.Paid;
import io.tallystick.api.verify.v1.PayByCodeRequest;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.QueryPaymentResponse;
import io.tallystick.api.verify.v1.UnknownOrder;
import io.tallystick.protocol.model.Money;
import io.tallystick.sdk.terminal.RefusedException;
import io.tallystick.sdk.terminal.UnreachableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodePaymentsIT {
  private static final String CODE = "36012345678901234567";
  private static final Money PRICE = Money.of(1_250, "CNY");

  @TempDir Path folder;

  private PlayedVerifyService platform;
  private VerifyConnection connection;
  private CodePayments payments;

  @BeforeEach
  void connect() throws IOException {
    platform = new PlayedVerifyService(folder);
    connection = platform.connect();
    payments = new CodePayments(connection, Clock.systemUTC());
  }

  @AfterEach
  void disconnect() {
    connection.close();
    platform.close();
  }

  @Test
  void paysOverMutualTls() {
    platform.thenPay(paid());
    assertThat(payments.pay("order-1", CODE, PRICE))
        .isEqualTo(new OrderState.Paid("pay_1", PRICE, Instant.ofEpochSecond(1_772_366_400)));
    PayByCodeRequest request = platform.paid().get(0);
    assertThat(request.getOrderId()).isEqualTo("order-1");
    assertThat(request.getCode()).isEqualTo(CODE);
    assertThat(request.getAmount().getAmountMinor()).isEqualTo(1_250);
  }

  @Test
  void tellsWhyItWasDeclined() {
    platform.thenPay(
        PayByCodeResponse.newBuilder()
            .setPaymentId("pay_1")
            .setDeclined(
                Declined.newBuilder().setReason(DeclineReason.DECLINE_REASON_INSUFFICIENT_FUNDS))
            .build());
    assertThat(payments.pay("order-1", CODE, PRICE))
        .isEqualTo(new OrderState.Declined("pay_1", "insufficient_funds"));
  }

  @Test
  void asksByOrderIdWhenTheReplyIsLost() {
    platform.thenPay(Status.UNAVAILABLE).thenQuery(Status.UNAVAILABLE).thenQuery(paidState());
    assertThat(payments.pay("order-1", CODE, PRICE)).isInstanceOf(OrderState.Paid.class);
    assertThat(platform.paid()).as("it was not sent twice").hasSize(1);
  }

  @Test
  void waitsForAnOrderThatIsBeingDecided() {
    platform
        .thenPay(Status.DEADLINE_EXCEEDED)
        .thenQuery(
            QueryPaymentResponse.newBuilder()
                .setAuthorising(Authorising.getDefaultInstance())
                .build())
        .thenQuery(paidState());
    assertThat(payments.pay("order-1", CODE, PRICE)).isInstanceOf(OrderState.Paid.class);
    assertThat(platform.paid()).hasSize(1);
  }

  @Test
  void sendsAnOrderThatNeverArrivedAgainUnderTheSameId() {
    platform
        .thenPay(Status.UNAVAILABLE)
        .thenQuery(
            QueryPaymentResponse.newBuilder()
                .setUnknownOrder(UnknownOrder.getDefaultInstance())
                .build())
        .thenPay(paid());
    assertThat(payments.pay("order-1", CODE, PRICE)).isInstanceOf(OrderState.Paid.class);
    assertThat(platform.paid()).hasSize(2);
    assertThat(platform.paid().get(1)).isEqualTo(platform.paid().get(0));
  }

  @Test
  void doesNotRepeatWhatThePlatformRefuses() {
    platform.thenPay(Status.ALREADY_EXISTS.withDescription("order-1 was for another amount"));
    assertThatThrownBy(() -> payments.pay("order-1", CODE, PRICE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another amount");
    assertThat(platform.paid()).hasSize(1);
  }

  @Test
  void saysSoWhenNothingIsCertain() {
    platform.close();
    CodePayments impatient =
        new CodePayments(connection, new TickingClock(java.time.Duration.ofSeconds(7)));
    assertThatThrownBy(() -> impatient.pay("order-1", CODE, PRICE))
        .isInstanceOf(UnreachableException.class);
  }

  private static PayByCodeResponse paid() {
    return PayByCodeResponse.newBuilder().setPaymentId("pay_1").setPaid(paidMessage()).build();
  }

  private static QueryPaymentResponse paidState() {
    return QueryPaymentResponse.newBuilder().setPaymentId("pay_1").setPaid(paidMessage()).build();
  }

  private static Paid paidMessage() {
    return Paid.newBuilder()
        .setPaidAt(Timestamp.newBuilder().setSeconds(1_772_366_400))
        .setAmount(
            io.tallystick.api.common.v1.Money.newBuilder().setAmountMinor(1_250).setCurrency("CNY"))
        .build();
  }

  /** Goes on by a step each time it is read. */
  private static final class TickingClock extends Clock {
    private final java.time.Duration step;
    private Instant now = Instant.EPOCH;

    TickingClock(java.time.Duration step) {
      this.step = step;
    }

    @Override
    public Instant instant() {
      now = now.plus(step);
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
