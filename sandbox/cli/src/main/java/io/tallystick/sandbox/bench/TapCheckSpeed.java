package io.tallystick.sandbox.bench;

import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.tap.TapCheck;
import io.tallystick.protocol.tap.TapLimits;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapStatus;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TapTokenVerifier;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// How many taps one core of a terminal can check, and how many bare SM2 signatures it can verify.
///
/// A check is what a terminal does between the last byte of a token and its decision: read the
/// token, certificate and authorisation and device signature, and every other guard.
final class TapCheckSpeed {
  private static final int TOKENS = 500;
  private static final int MESSAGE_BYTES = 400;
  private static final Duration SLICE = Duration.ofMillis(200);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final AuthorisationVerifier trust;
  private final List<Sample> samples = new ArrayList<>();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private record Sample(byte[] token, TapRequest request) {}

  TapCheckSpeed(Sm2PublicKey root, TapForge.Issuer issuer, Tills.Till till) {
    this.trust = AuthorisationVerifier.trusting(root).accepting(List.of(issuer.certificate()));
    for (int payer = 0; payer < TOKENS; payer++) {
      TapForge forge = new TapForge(payer, issuer, now);
      TapRequest request = forge.request(till, now, LogHead.GENESIS);
      samples.add(new Sample(forge.answer(request).encode(), request));
    }
  }

  /// Each of the three per second of processor time.
  ///
  /// @param cached checks of customers who have been here before
  /// @param cold checks when nothing is remembered: three signatures each
  /// @param bareVerifications the reference: bare verifications, of as many keys
  record PerSecond(double cached, double cold, double bareVerifications) {}

  /// Measures the three by turns, a slice of each at a time, so that whatever else the machine does
  /// takes the same share of each.
  PerSecond measure(Duration warmUp, Duration measured) {
    TapTokenVerifier remembering = new TapTokenVerifier(trust.remembering(TOKENS));
    TapTokenVerifier forgetful = new TapTokenVerifier(trust);
    Load cached = new Load(i -> isGood(remembering, samples.get(i % TOKENS)));
    Load cold = new Load(i -> isGood(forgetful, samples.get(i % TOKENS)));
    Load bare = bareVerifications();
    byTurns(List.of(cached, cold, bare), warmUp);
    List.of(cached, cold, bare).forEach(Load::startAnew);
    byTurns(List.of(cached, cold, bare), measured);
    return new PerSecond(cached.perSecond(), cold.perSecond(), bare.perSecond());
  }

  private static Load bareVerifications() {
    SecureRandom random = new SecureRandom();
    byte[] message = new byte[MESSAGE_BYTES];
    random.nextBytes(message);
    List<Sm2PublicKey> keys = new ArrayList<>();
    List<Sm2Signature> signatures = new ArrayList<>();
    for (int i = 0; i < TOKENS; i++) {
      Sm2PrivateKey key = Sm2PrivateKey.generate(random);
      keys.add(key.publicKey());
      signatures.add(key.sign(message, random));
    }
    return new Load(i -> keys.get(i % TOKENS).verify(message, signatures.get(i % TOKENS)));
  }

  private boolean isGood(TapTokenVerifier verifier, Sample sample) {
    TapToken token = TapToken.parse(sample.token());
    TapCheck check = TapCheck.atTerminal(now, sample.request(), TapLimits.DEFAULT);
    return verifier.verify(token, check) == TapStatus.GOOD;
  }

  private static void byTurns(List<Load> loads, Duration each) {
    for (long slice = 0; slice < Math.max(1, each.dividedBy(SLICE)); slice++) {
      loads.forEach(load -> load.run(SLICE));
    }
  }

  /// One thing done again and again, in slices.
  private static final class Load {
    private final IntPredicate good;
    private int done;
    private long processorNanos;

    Load(IntPredicate good) {
      this.good = good;
    }

    void startAnew() {
      done = 0;
      processorNanos = 0;
    }

    void run(Duration slice) {
      long began = THREADS.getCurrentThreadCpuTime();
      long until = System.nanoTime() + slice.toNanos();
      while (System.nanoTime() < until) {
        if (!good.test(done)) {
          throw new IllegalStateException("a good signature was refused");
        }
        done++;
      }
      processorNanos += THREADS.getCurrentThreadCpuTime() - began;
    }

    double perSecond() {
      return done / (processorNanos / 1e9);
    }
  }
}
