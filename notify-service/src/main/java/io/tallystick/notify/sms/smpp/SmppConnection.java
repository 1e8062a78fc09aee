package io.tallystick.notify.sms.smpp;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jspecify.annotations.Nullable;

/// Keeps one transceiver session bound: connects, waits until it is lost, pauses, connects again.
/// The pause doubles from the first to the longest, with jitter, and starts over once bound.
@ApplicationScoped
public class SmppConnection {
  private static final Logger LOG = Logger.getLogger(SmppConnection.class);
  private static final int RECEIPT_THREADS = 2;
  private static final int RECEIPT_QUEUE = 256;

  private final SmppConfig config;
  private final ReceiptListener receipts;
  private volatile @Nullable SMPPSession session;
  private volatile @Nullable Thread keeper;

  SmppConnection(SmppConfig config, ReceiptListener receipts) {
    this.config = config;
    this.receipts = receipts;
  }

  void start(@Observes StartupEvent started) {
    if (config.enabled()) {
      keeper = Thread.ofVirtual().name("smpp-connection").start(this::keep);
    }
  }

  void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
    Thread thread = keeper;
    if (thread != null) {
      thread.interrupt();
      thread.join(config.responseTimeout());
    }
  }

  /// The session, while it is bound.
  public Optional<SMPPSession> session() {
    return Optional.ofNullable(session).filter(bound -> bound.getSessionState().isTransmittable());
  }

  /// A session that did not answer is closed; the keeper makes another.
  void suspect(SMPPSession silent) {
    silent.close();
  }

  private void keep() {
    Duration pause = config.firstPause();
    boolean known = false;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (holdOnce(known)) {
          pause = config.firstPause();
        }
        known = true;
        Thread.sleep(jittered(pause));
        pause = longer(pause);
      }
    } catch (InterruptedException stopping) {
      LOG.debug("the connection to the SMS centre is given up");
    }
  }

  /// Binds and waits for the loss of the session.
  ///
  /// @param known whether it was said already that there is no centre
  /// @return whether it was bound
  private boolean holdOnce(boolean known) throws InterruptedException {
    CountDownLatch lost = new CountDownLatch(1);
    SMPPSession bound;
    try {
      bound = bind(lost);
    } catch (IOException e) {
      Logger.Level level = known ? Logger.Level.DEBUG : Logger.Level.WARN;
      LOG.logf(level, "no SMS centre at %s:%d: %s", config.host(), config.port(), e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.errorf(e, "binding to %s:%d failed", config.host(), config.port());
      return false;
    }
    session = bound;
    LOG.infof("bound to the SMS centre at %s:%d", config.host(), config.port());
    awaitLoss(bound, lost);
    LOG.warnf("lost the SMS centre at %s:%d", config.host(), config.port());
    return true;
  }

  private void awaitLoss(SMPPSession bound, CountDownLatch lost) throws InterruptedException {
    try {
      lost.await();
    } finally {
      session = null;
      bound.unbindAndClose();
    }
  }

  private SMPPSession bind(CountDownLatch lost) throws IOException {
    SMPPSession created = new SMPPSession();
    created.setTransactionTimer(config.responseTimeout().toMillis());
    created.setEnquireLinkTimer(Math.toIntExact(config.enquireLink().toMillis()));
    created.setPduProcessorDegree(RECEIPT_THREADS);
    created.setQueueCapacity(RECEIPT_QUEUE);
    created.setMessageReceiverListener(receipts);
    created.addSessionStateListener((now, _, _) -> {
      if (now == SessionState.CLOSED) {
        lost.countDown();
      }
    });
    created.connectAndBind(
        config.host(),
        config.port(),
        new BindParameter(
            BindType.BIND_TRX,
            config.systemId(),
            config.password().orElse(""),
            config.systemType().orElse(""),
            TypeOfNumber.UNKNOWN,
            NumberingPlanIndicator.UNKNOWN,
            null,
            InterfaceVersion.IF_34),
        config.responseTimeout().toMillis());
    return created;
  }

  private Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(config.longestPause()) < 0 ? twice : config.longestPause();
  }

  private static Duration jittered(Duration pause) {
    long millis = pause.toMillis();
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
