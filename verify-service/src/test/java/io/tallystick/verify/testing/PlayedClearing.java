package io.tallystick.verify.testing;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tallystick.api.clearing.v1.ClearingServiceGrpc;
import io.tallystick.api.clearing.v1.PayMode;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.PayResponse;
import io.tallystick.api.clearing.v1.PaymentView;
import io.tallystick.api.clearing.v1.QueryPaymentRequest;
import io.tallystick.api.clearing.v1.QueryPaymentResponse;
import io.tallystick.api.clearing.v1.RefundDenied;
import io.tallystick.api.clearing.v1.RefundRequest;
import io.tallystick.api.clearing.v1.RefundResponse;
import io.tallystick.api.clearing.v1.ReverseRequest;
import io.tallystick.api.clearing.v1.ReverseResponse;
import io.tallystick.api.clearing.v1.ReverseTooLate;
import io.tallystick.api.clearing.v1.UnknownPayment;
import io.tallystick.api.common.v1.Money;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// clearing-service as verify-service knows it: a payment id pays once, an instrument pays once, a
/// reversal may come first.
@Singleton
@Typed(PlayedClearing.class)
public class PlayedClearing extends ClearingServiceGrpc.ClearingServiceImplBase {
  private final Mood mood = new Mood();
  private final Clock clock;
  private final Map<String, PaymentView> payments = new HashMap<>();
  private final Set<String> instruments = new HashSet<>();
  private final Map<String, Long> balances = new HashMap<>();
  private final Map<String, Set<String>> refunds = new HashMap<>();
  private final Set<String> marks = new HashSet<>();
  private final List<PayRequest> pays = new ArrayList<>();
  private volatile boolean losesReplies;
  private volatile boolean paysAfterQueries;

  @Inject
  PlayedClearing(Clock clock) {
    this.clock = clock;
  }

  public synchronized void reset() {
    mood.reset();
    losesReplies = false;
    paysAfterQueries = false;
    pays.clear();
    balances.clear();
  }

  public void away(boolean isAway) {
    mood.away(isAway);
  }

  public void delay(Duration by) {
    mood.delay(by);
  }

  /// Does what it is asked and then fails to say so.
  public void loseReplies(boolean lose) {
    losesReplies = lose;
  }

  /// Answers queries as if each payment came right after them.
  public void payAfterQueries(boolean after) {
    paysAfterQueries = after;
  }

  public synchronized void balance(String payerId, long minor) {
    balances.put(payerId, minor);
  }

  /// The payments that were asked for, each as often as it was.
  public synchronized List<PayRequest> pays() {
    return List.copyOf(pays);
  }

  public synchronized PaymentView payment(String paymentId) {
    return payments.getOrDefault(paymentId, PaymentView.getDefaultInstance());
  }

  /// Moves a payment as a challenge, or settlement, would.
  public synchronized PaymentView move(String paymentId, String state) {
    return put(payment(paymentId).toBuilder().setState(state));
  }

  @Override
  public void pay(PayRequest request, StreamObserver<PayResponse> observer) {
    answer(observer, () -> PayResponse.newBuilder().setPayment(paid(request)).build());
  }

  private synchronized PaymentView paid(PayRequest request) {
    pays.add(request);
    PaymentView known = payments.get(request.getPaymentId());
    if (known != null) {
      return known;
    }
    PaymentView.Builder view =
        PaymentView.newBuilder()
            .setPaymentId(request.getPaymentId())
            .setAmount(request.getAmount());
    long amount = request.getAmount().getAmountMinor();
    long balance = balances.getOrDefault(request.getPayerId(), Long.MAX_VALUE);
    if (marks.contains(request.getPaymentId())) {
      return put(view.setState("declined").setDeclineReason("reversed"));
    }
    if (!instruments.add(request.getInstrument().getId())) {
      return put(view.setState("declined").setDeclineReason("instrument_used"));
    }
    if (amount > balance) {
      return put(view.setState("declined").setDeclineReason("insufficient_funds"));
    }
    balances.put(request.getPayerId(), balance - amount);
    return put(
        request.getMode() == PayMode.PAY_MODE_CAPTURE
            ? view.setState("paid").setPaidAt(now())
            : view.setState("awaiting-payer"));
  }

  @Override
  public void queryPayment(
      QueryPaymentRequest request, StreamObserver<QueryPaymentResponse> observer) {
    answer(observer, () -> queried(request.getPaymentId()));
  }

  private synchronized QueryPaymentResponse queried(String paymentId) {
    PaymentView view = paysAfterQueries ? null : payments.get(paymentId);
    if (view == null && marks.contains(paymentId)) {
      view = stopped(paymentId);
    }
    return view == null
        ? QueryPaymentResponse.newBuilder().setUnknown(UnknownPayment.getDefaultInstance()).build()
        : QueryPaymentResponse.newBuilder().setPayment(view).build();
  }

  @Override
  public void reverse(ReverseRequest request, StreamObserver<ReverseResponse> observer) {
    answer(observer, () -> reversed(request));
  }

  private synchronized ReverseResponse reversed(ReverseRequest request) {
    PaymentView view = payments.get(request.getPaymentId());
    if (view == null) {
      marks.add(request.getPaymentId());
      view = stopped(request.getPaymentId());
    } else if (view.getState().equals("refunded")) {
      return ReverseResponse.newBuilder().setTooLate(ReverseTooLate.getDefaultInstance()).build();
    } else if (view.getState().equals("paid") || view.getState().equals("awaiting-payer")) {
      view = put(view.toBuilder().setState("reversed"));
    }
    return ReverseResponse.newBuilder().setPayment(view).build();
  }

  @Override
  public void refund(RefundRequest request, StreamObserver<RefundResponse> observer) {
    answer(observer, () -> refunded(request));
  }

  private synchronized RefundResponse refunded(RefundRequest request) {
    PaymentView view = payments.get(request.getPaymentId());
    if (view == null) {
      return denied("unknown_payment");
    }
    if (!view.getState().equals("paid") && !view.getState().equals("refunded")) {
      return denied("not_paid");
    }
    if (!view.getAmount().getCurrency().equals(request.getAmount().getCurrency())) {
      return denied("currency");
    }
    Set<String> done = refunds.computeIfAbsent(request.getPaymentId(), _ -> new HashSet<>());
    long soFar = view.getRefunded().getAmountMinor();
    long amount = request.getAmount().getAmountMinor();
    if (!done.contains(request.getRefundId())) {
      if (soFar + amount > view.getAmount().getAmountMinor()) {
        return denied("exceeds_paid");
      }
      done.add(request.getRefundId());
      Money refunded = view.getAmount().toBuilder().setAmountMinor(soFar + amount).build();
      view = put(view.toBuilder().setState("refunded").setRefunded(refunded));
    }
    return RefundResponse.newBuilder().setPayment(view).build();
  }

  /// A payment that was reversed before it began has no revision.
  private PaymentView stopped(String paymentId) {
    return PaymentView.newBuilder()
        .setPaymentId(paymentId)
        .setState("reversed")
        .setChangedAt(now())
        .build();
  }

  private static RefundResponse denied(String reason) {
    return RefundResponse.newBuilder()
        .setDenied(RefundDenied.newBuilder().setReason(reason))
        .build();
  }

  private PaymentView put(PaymentView.Builder view) {
    PaymentView stored = view.setRevision(view.getRevision() + 1).setChangedAt(now()).build();
    payments.put(stored.getPaymentId(), stored);
    return stored;
  }

  private Timestamp now() {
    Instant now = clock.instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).build();
  }

  private <T> void answer(StreamObserver<T> observer, java.util.function.Supplier<T> work) {
    Answer.with(
        observer,
        () -> {
          mood.pass();
          T response = work.get();
          if (losesReplies) {
            throw Status.UNAVAILABLE.asRuntimeException();
          }
          return response;
        });
  }
}
