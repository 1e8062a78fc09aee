package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.trace.Traceparent;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.code.OnlineCodeSource;
import io.tallystick.sdk.wallet.code.PaymentCodes;
import io.tallystick.sdk.wallet.http.HttpTransport;
import io.tallystick.sdk.wallet.http.RestClient;
import io.tallystick.sdk.wallet.http.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/** One wallet's connection to the platform, for one payer who has logged in. */
public final class WalletClient {
  /** Longer than this nobody at a till waits for an online code. */
  private static final Duration ONLINE_CODE_TIMEOUT = Duration.ofSeconds(2);

  private final Wallet wallet;
  private final PayerSession payer;
  private final Sm2PublicKey trustedRoot;
  private final RestClient seedService;
  private final RestClient verifyService;
  private final RestClient clearingService;
  private final RestClient notifyService;

  private WalletClient(
      Wallet wallet,
      HttpTransport transport,
      PlatformAddresses addresses,
      PayerSession payer,
      Sm2PublicKey trustedRoot,
      Supplier<Traceparent> traces) {
    this.wallet = wallet;
    this.payer = payer;
    this.trustedRoot = trustedRoot;
    this.seedService = service(transport, addresses.seedService(), payer, traces);
    this.verifyService = service(transport, addresses.verifyService(), payer, traces);
    this.clearingService = service(transport, addresses.clearingService(), payer, traces);
    this.notifyService = service(transport, addresses.notifyService(), payer, traces);
  }

  /**
   * @param trustedRoot the platform's root key that the wallet was built with; an answer that
   *     another root vouches for is refused
   */
  public static WalletClient connect(
      Wallet wallet,
      HttpTransport transport,
      PlatformAddresses addresses,
      PayerSession payer,
      Sm2PublicKey trustedRoot) {
    return connect(wallet, transport, addresses, payer, trustedRoot, Traceparent::fresh);
  }

  /**
   * As {@link #connect(Wallet, HttpTransport, PlatformAddresses, PayerSession, Sm2PublicKey)}, in
   * the traces of the software around the wallet.
   *
   * @param traces asked at the start of each call, on the calling thread
   */
  public static WalletClient connect(
      Wallet wallet,
      HttpTransport transport,
      PlatformAddresses addresses,
      PayerSession payer,
      Sm2PublicKey trustedRoot,
      Supplier<Traceparent> traces) {
    requireNonNull(wallet, "wallet is null");
    requireNonNull(trustedRoot, "trustedRoot is null");
    return new WalletClient(wallet, transport, addresses, payer, trustedRoot, traces);
  }

  private static RestClient service(
      HttpTransport transport, URI address, PayerSession payer, Supplier<Traceparent> traces) {
    return RestClient.of(transport, address, payer.bearer()).tracedBy(traces);
  }

  public PaymentPassword paymentPassword() {
    return new PaymentPassword(seedService);
  }

  /** Enrolment, renewal, revocation. */
  public Devices devices() {
    return new Devices(wallet, seedService, payer, trustedRoot);
  }

  /** The code to show, the server's while it answers. */
  public PaymentCodes codes() {
    return PaymentCodes.of(wallet, onlineCodes());
  }

  public OnlineCodeSource onlineCodes() {
    return new OnlineCodeRequests(
        wallet, seedService.retrying(RetryPolicy.NONE).within(ONLINE_CODE_TIMEOUT));
  }

  /** Halves of taps. */
  public HalfUpload halves() {
    return new HalfUpload(wallet, verifyService);
  }

  /** Bills and balances. */
  public Bills bills() {
    return new Bills(clearingService);
  }

  public Inbox inbox() {
    return new Inbox(wallet, notifyService);
  }

  public Challenges challenges() {
    return new Challenges(wallet, notifyService);
  }
}
