package io.tallystick.clearing;

import io.tallystick.api.clearing.v1.DepositRequest;
import io.tallystick.api.clearing.v1.OwnerKind;
import io.tallystick.api.clearing.v1.PayMode;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.PaymentView;
import io.tallystick.api.common.v1.Instrument;
import io.tallystick.api.common.v1.InstrumentKind;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.common.v1.Reason;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Requests that tests make.
public final class Pays {
  private static final AtomicLong NEXT = new AtomicLong();

  private Pays() {}

  /// A name nobody has used in this run.
  public static String fresh(String prefix) {
    return prefix
        + "-"
        + NEXT.incrementAndGet()
        + "-"
        + UUID.randomUUID().toString().substring(0, 6);
  }

  public static Money cny(long amountMinor) {
    return money(amountMinor, "CNY");
  }

  public static Money money(long amountMinor, String currency) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrency(currency).build();
  }

  /// A merchant id fits 15 characters.
  public static String freshMerchant() {
    return "m" + NEXT.incrementAndGet() + "x" + UUID.randomUUID().toString().substring(0, 6);
  }

  /// A payer with money.
  public static String payerWith(long amountMinor) {
    String payer = fresh("payer");
    deposit(payer, amountMinor);
    return payer;
  }

  public static long deposit(String payer, long amountMinor) {
    return deposit(payer, cny(amountMinor));
  }

  public static long deposit(String payer, Money amount) {
    return Grpc.admin()
        .deposit(
            DepositRequest.newBuilder()
                .setBankReference(fresh("bank"))
                .setOwnerKind(OwnerKind.OWNER_KIND_PAYER)
                .setOwnerId(payer)
                .setAmount(amount)
                .build())
        .getAvailable()
        .getAmountMinor();
  }

  /// A payment of its own order and code.
  public static PayRequest.Builder request(String payer, String merchant, long amountMinor) {
    String id = fresh("pay");
    return PayRequest.newBuilder()
        .setPaymentId(id)
        .setInstrument(
            Instrument.newBuilder()
                .setKind(InstrumentKind.INSTRUMENT_KIND_OFFLINE_CODE)
                .setId("code:" + id))
        .setPayerId(payer)
        .setDeviceId("00000000000000d1")
        .setMerchantId(merchant)
        .setTerminalId("t1")
        .setOrderId("order-" + id)
        .setAmount(cny(amountMinor))
        .setMode(PayMode.PAY_MODE_CAPTURE);
  }

  /// A payment that waits for a challenge.
  public static PayRequest.Builder stepUp(String payer, String merchant, long amountMinor) {
    return request(payer, merchant, amountMinor)
        .setMode(PayMode.PAY_MODE_STEP_UP)
        .addReasons(Reason.newBuilder().setRule("amount").setExplanation("much more than usual"));
  }

  public static PaymentView pay(PayRequest.Builder request) {
    return Grpc.clearing("verify").pay(request.build()).getPayment();
  }
}
