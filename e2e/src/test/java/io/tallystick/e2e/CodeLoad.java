package io.tallystick.e2e;

import io.tallystick.protocol.model.Money;
import io.tallystick.sandbox.cli.device.TerminalFile;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.platform.OrderState;
import io.tallystick.sdk.terminal.platform.VerifyConnection;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.WalletTime;
import io.tallystick.sdk.wallet.code.CodeView;
import io.tallystick.sdk.wallet.code.OnlineCodeSource;
import io.tallystick.sdk.wallet.code.PaymentCodes;
import io.tallystick.sdk.wallet.file.FileWalletStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Wallets without a connection that pay at one till, again and again, while something else
/// changes. Whatever is not paid is a failure.
///
/// A wallet has ten offline codes a minute; the pause spreads them, so that somebody always pays.
final class CodeLoad implements AutoCloseable {
  private static final Money AMOUNT = Money.of(100, "CNY");
  private static final long PAUSE_MILLIS = 6_200;

  private final List<Wallet> wallets = new ArrayList<>();
  private final TerminalFile till;
  private final VerifyConnection connection;
  private final Terminal terminal;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicInteger orders = new AtomicInteger();
  private final AtomicInteger paid = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  private CodeLoad(TerminalFile till, VerifyConnection connection) {
    this.till = till;
    this.connection = connection;
    this.terminal = till.open();
  }

  static CodeLoad start(TerminalFile till, String address, List<Path> walletFiles) {
    CodeLoad load = new CodeLoad(till, till.connect(address));
    for (Path file : walletFiles) {
      load.wallets.add(Wallet.open(FileWalletStore.open(file), WalletTime.ofHost()));
    }
    for (int i = 0; i < load.wallets.size(); i++) {
      Wallet wallet = load.wallets.get(i);
      long first = i * PAUSE_MILLIS / load.wallets.size();
      load.threads.submit(() -> load.payOn(wallet, first));
    }
    return load;
  }

  private void payOn(Wallet wallet, long firstPauseMillis) {
    PaymentCodes codes = PaymentCodes.of(wallet, OnlineCodeSource.OFFLINE);
    try {
      long pause = firstPauseMillis;
      while (!stop.await(pause, TimeUnit.MILLISECONDS)) {
        if (codes.refresh() instanceof CodeView.Shown shown) {
          pay(shown.code().digits());
        }
        pause = PAUSE_MILLIS;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failures.add("a wallet stopped: " + e);
    }
  }

  private void pay(String code) {
    String order = "load-" + till.identity().terminal().value() + "-" + orders.incrementAndGet();
    try {
      OrderState state = terminal.codePayments(connection).pay(order, code, AMOUNT);
      if (state instanceof OrderState.Paid) {
        paid.incrementAndGet();
      } else {
        failures.add(order + ": " + state);
      }
    } catch (RuntimeException e) {
      failures.add(order + ": " + e);
    }
  }

  VerifyConnection connection() {
    return connection;
  }

  int paid() {
    return paid.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    stop.countDown();
    threads.close();
    wallets.forEach(Wallet::close);
    connection.close();
    terminal.close();
  }
}
