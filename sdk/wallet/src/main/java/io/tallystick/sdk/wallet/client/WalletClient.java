package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.code.OnlineCodeSource;
import io.tallystick.sdk.wallet.code.PaymentCodes;
import io.tallystick.sdk.wallet.http.HttpTransport;
import io.tallystick.sdk.wallet.http.RestClient;
import io.tallystick.sdk.wallet.http.RetryPolicy;
import java.time.Duration;

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
      Sm2PublicKey trustedRoot) {
    this.wallet = wallet;
    this.payer = payer;
    this.trustedRoot = trustedRoot;
    this.seedService = RestClient.of(transport, addresses.seedService(), payer.bearer());
    this.verifyService = RestClient.of(transport, addresses.verifyService(), payer.bearer());
    this.clearingService = RestClient.of(transport, addresses.clearingService(), payer.bearer());
    this.notifyService = RestClient.of(transport, addresses.notifyService(), payer.bearer());
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
    requireNonNull(wallet, "wallet is null");
    requireNonNull(trustedRoot, "trustedRoot is null");
    return new WalletClient(wallet, transport, addresses, payer, trustedRoot);
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
