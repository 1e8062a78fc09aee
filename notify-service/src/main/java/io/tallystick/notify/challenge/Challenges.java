package io.tallystick.notify.challenge;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.EventIds;
import io.tallystick.notify.contact.ContactStore;
import io.tallystick.notify.face.FaceConfig;
import io.tallystick.notify.face.PasskeyStore;
import io.tallystick.notify.reason.Reason;
import io.tallystick.protocol.state.ChallengeState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Makes challenges, shows them, withdraws them.
@ApplicationScoped
public class Challenges {
  private final ChallengeConfig config;
  private final FaceConfig faceConfig;
  private final Database database;
  private final ChallengeStore store;
  private final ChallengeEnds ends;
  private final SmsQueue queue;
  private final ContactStore contacts;
  private final PasskeyStore passkeys;
  private final Clock clock;

  Challenges(
      ChallengeConfig config,
      FaceConfig faceConfig,
      Database database,
      ChallengeStore store,
      ChallengeEnds ends,
      SmsQueue queue,
      ContactStore contacts,
      PasskeyStore passkeys,
      Clock clock) {
    this.config = config;
    this.faceConfig = faceConfig;
    this.database = database;
    this.store = store;
    this.ends = ends;
    this.queue = queue;
    this.contacts = contacts;
    this.passkeys = passkeys;
    this.clock = clock;
  }

  /// Makes the challenge of a payment; empty when the payment has one already.
  public Optional<Challenge> create(
      Handle handle, String payerId, PaymentBinding payment, List<Reason> reasons) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Challenge challenge =
        new Challenge(
            payerId,
            "chl_" + EventIds.at(now),
            payment,
            reasons,
            ChallengeState.begin(),
            null,
            now,
            now.plus(config.validity()),
            null,
            new Challenge.Tries(0, config.sms().tries()),
            new Challenge.SmsProgress(0, null, null, null),
            new Challenge.FaceProgress(0, null));
    return store.insert(handle, challenge) ? Optional.of(challenge) : Optional.empty();
  }

  /// The payment does not wait for its payer any more: an open challenge ends as expired.
  public void withdraw(Handle handle, String payerId, String paymentId) {
    store
        .lockOfPayment(handle, payerId, paymentId)
        .filter(Challenge::open)
        .ifPresent(
            challenge -> ends.end(handle, challenge, challenge.expired(), null, clock.instant()));
  }

  /// A payer's challenge.
  ///
  /// @throws io.tallystick.kit.error.ApiException `NOT_FOUND` also for another payer's
  public ChallengeDetails get(String payerId, String challengeId) {
    return database.read(handle -> {
      Challenge challenge =
          store
              .find(handle, payerId, challengeId)
              .orElseThrow(() -> ChallengeErrors.notFound(challengeId));
      return details(handle, challenge);
    });
  }

  private ChallengeDetails details(Handle handle, Challenge challenge) {
    Challenge.SmsProgress sms = challenge.sms();
    int sendsLeft = challenge.open() ? Math.max(0, config.sms().sends() - sms.sends()) : 0;
    Optional<Instant> resendAt =
        Optional.ofNullable(sms.sentAt())
            .filter(_ -> sendsLeft > 0)
            .map(sentAt -> sentAt.plus(config.sms().resendInterval()));
    Optional<String> delivery =
        Optional.ofNullable(sms.smsId())
            .map(id -> queue.state(handle, challenge.payerId(), id).orElse("failed"));
    return new ChallengeDetails(
        challenge, methods(handle, challenge), delivery, sendsLeft, resendAt);
  }

  private Set<Challenge.Method> methods(Handle handle, Challenge challenge) {
    Set<Challenge.Method> methods = EnumSet.noneOf(Challenge.Method.class);
    if (!challenge.open() || challenge.overdue(clock.instant())) {
      return methods;
    }
    String payerId = challenge.payerId();
    if (contacts.number(handle, payerId).isPresent()) {
      methods.add(Challenge.Method.SMS);
    }
    if (challenge.face().ceremonies() < faceConfig.ceremonies()
        && !passkeys.registeredBefore(handle, payerId, challenge.createdAt()).isEmpty()) {
      methods.add(Challenge.Method.FACE);
    }
    return methods;
  }
}
