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

  /// Checks per second of customers who have been here before.
  double cachedPerSecond(Duration warmUp, Duration measured) {
    TapTokenVerifier verifier = new TapTokenVerifier(trust.remembering(TOKENS));
    return perSecond(warmUp, measured, i -> isGood(verifier, samples.get(i % TOKENS)));
  }

  /// Checks per second when nothing is remembered: three signatures each.
  double coldPerSecond(Duration warmUp, Duration measured) {
    TapTokenVerifier verifier = new TapTokenVerifier(trust);
    return perSecond(warmUp, measured, i -> isGood(verifier, samples.get(i % TOKENS)));
  }

  /// The reference: bare verifications per second, of as many keys.
  static double sm2VerifyPerSecond(Duration warmUp, Duration measured) {
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
    return perSecond(
        warmUp, measured, i -> keys.get(i % TOKENS).verify(message, signatures.get(i % TOKENS)));
  }

  private boolean isGood(TapTokenVerifier verifier, Sample sample) {
    TapToken token = TapToken.parse(sample.token());
    TapCheck check = TapCheck.atTerminal(now, sample.request(), TapLimits.DEFAULT);
    return verifier.verify(token, check) == TapStatus.GOOD;
  }

  private static double perSecond(Duration warmUp, Duration measured, IntPredicate good) {
    run(warmUp, good);
    return run(measured, good);
  }

  private static double run(Duration time, IntPredicate good) {
    long began = System.nanoTime();
    long until = began + time.toNanos();
    int done = 0;
    long now = began;
    while (now < until) {
      if (!good.test(done)) {
        throw new IllegalStateException("a good signature was refused");
      }
      done++;
      now = System.nanoTime();
    }
    return done / ((now - began) / 1e9);
  }
}
