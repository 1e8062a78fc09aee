package io.tallystick.notify.challenge;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Idempotency;
import io.tallystick.kit.database.RequestDigest;
import io.tallystick.kit.database.ResponseCodec;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.notify.contact.ContactStore;
import io.tallystick.protocol.state.ChallengeState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// Codes by SMS: sends them and judges answers.
@ApplicationScoped
public class SmsChallenges {
  private static final Duration DAY = Duration.ofHours(24);
  private static final ResponseCodec<Answer> ANSWER = new AnswerCodec();
  private static final ResponseCodec<Boolean> NOTHING =
      new ResponseCodec<>() {
        @Override
        public byte[] encode(Boolean response) {
          return new byte[0];
        }

        @Override
        public Boolean decode(byte[] bytes) {
          return true;
        }
      };

  private final ChallengeConfig.Sms config;
  private final SmsText text;
  private final Database database;
  private final ChallengeStore store;
  private final ChallengeEnds ends;
  private final SmsQueue queue;
  private final SmsDispatcher dispatcher;
  private final SmsCodes codes;
  private final ContactStore contacts;
  private final Idempotency idempotency;
  private final Clock clock;

  SmsChallenges(
      ChallengeConfig config,
      Database database,
      ChallengeStore store,
      ChallengeEnds ends,
      SmsQueue queue,
      SmsDispatcher dispatcher,
      SmsCodes codes,
      ContactStore contacts,
      Idempotency idempotency,
      Clock clock) {
    this.config = config.sms();
    this.text = new SmsText(config.sms().template());
    this.database = database;
    this.store = store;
    this.ends = ends;
    this.queue = queue;
    this.dispatcher = dispatcher;
    this.codes = codes;
    this.contacts = contacts;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /// Sends a code, which replaces an earlier one.
  ///
  /// @param key of the caller; the same key sends nothing again
  public void send(String payerId, String challengeId, String key) {
    database.useTransaction(handle -> {
      RequestDigest request = RequestDigest.of("challengeId", challengeId);
      idempotency.once(
          handle,
          "sms:" + payerId,
          key,
          request,
          NOTHING,
          () -> send(handle, payerId, challengeId));
      handle.afterCommit(dispatcher::wake);
    });
  }

  /// Judges an answer. The try is counted and the end is stored when this returns.
  ///
  /// @param key of the caller; the same key is the same try
  public Answer answer(String payerId, String challengeId, String code, String key) {
    if (!SmsCodes.FORM.matcher(code).matches()) {
      throw ApiErrors.invalidArgument("CODE_MALFORMED", "code is not six digits");
    }
    List<RequestDigest> requests =
        codes.traces(code, challengeId).stream()
            .map(trace -> RequestDigest.of("challengeId", challengeId).and("code", trace))
            .toList();
    return database.inTransaction(handle ->
        once(handle, payerId, key, requests, () -> answer(handle, payerId, challengeId, code)));
  }

  /// A new answer is kept with the first digest; a repeated one is recognised by any of them.
  private Answer once(
      Handle handle,
      String payerId,
      String key,
      List<RequestDigest> requests,
      Supplier<Answer> effect) {
    String scope = "sms-answer:" + payerId;
    for (RequestDigest request : requests.subList(0, requests.size() - 1)) {
      try {
        return idempotency.once(handle, scope, key, request, ANSWER, effect);
      } catch (ApiException refused) {
        if (!refused.reason().equals("IDEMPOTENCY_KEY_REUSED")) {
          throw refused;
        }
      }
    }
    return idempotency.once(handle, scope, key, requests.getLast(), ANSWER, effect);
  }

  private Boolean send(Handle handle, String payerId, String challengeId) {
    Instant now = clock.instant();
    Challenge challenge = lock(handle, payerId, challengeId);
    ChallengeErrors.requireOpen(challenge, now);
    String number = contacts.number(handle, payerId).orElseThrow(ChallengeErrors::noContact);
    requireWithinLimits(handle, challenge, now);
    queue.drop(handle, payerId, challengeId, "replaced", now);
    String code = codes.draw();
    Instant until = earlier(now.plus(config.validity()), challenge.expiresAt());
    Duration validity = Duration.between(now, until);
    String smsId = "sms_" + UUID.randomUUID();
    String body = text.of(code, challenge.payment(), validity);
    queue.add(handle, new SmsQueue.Outgoing(payerId, smsId, challengeId, number, body, until), now);
    byte[] hash = codes.hash(code, challengeId, challenge.payment());
    store.codeSent(handle, challenge, smsId, new Challenge.CurrentCode(hash, until), now);
    return true;
  }

  private void requireWithinLimits(Handle handle, Challenge challenge, Instant now) {
    if (challenge.sms().sends() >= config.sends()
        || queue.countSince(handle, challenge.payerId(), now.minus(DAY)) >= config.sendsPerDay()) {
      throw ApiErrors.resourceExhausted("SMS_LIMIT", "no more codes are sent");
    }
    Instant sentAt = challenge.sms().sentAt();
    if (sentAt != null && now.isBefore(sentAt.plus(config.resendInterval()))) {
      throw tooSoon(Duration.between(now, sentAt.plus(config.resendInterval())));
    }
  }

  private static ApiException tooSoon(Duration left) {
    long seconds = Math.max(1, left.plusMillis(999).toSeconds());
    return ApiErrors.resourceExhausted("SMS_TOO_SOON", "a code was sent just now")
        .with("retryAfterSeconds", Long.toString(seconds));
  }

  private Answer answer(Handle handle, String payerId, String challengeId, String code) {
    Instant now = clock.instant();
    Challenge challenge = lock(handle, payerId, challengeId);
    return switch (SmsAnswerRules.admit(challenge, now)) {
      case SmsAnswerRules.Admission.NoCode() -> throw ChallengeErrors.noCode();
      case SmsAnswerRules.Admission.Without(Answer answer) -> {
        if (challenge.open() && answer instanceof Answer.Expired) {
          ends.end(handle, challenge, challenge.expired(), null, now);
        }
        yield answer;
      }
      case SmsAnswerRules.Admission.Try(Challenge.CurrentCode current) ->
          judged(handle, challenge, current, code, now);
    };
  }

  private Answer judged(
      Handle handle, Challenge challenge, Challenge.CurrentCode current, String code, Instant now) {
    store.useTry(handle, challenge);
    boolean right =
        codes.matches(current.hash(), code, challenge.challengeId(), challenge.payment());
    ChallengeState next = SmsAnswerRules.judge(challenge, right);
    if (next.isFinal()) {
      ends.end(handle, challenge, next, Challenge.Method.SMS, now);
    }
    return SmsAnswerRules.told(next);
  }

  private Challenge lock(Handle handle, String payerId, String challengeId) {
    return store
        .lock(handle, payerId, challengeId)
        .orElseThrow(() -> ChallengeErrors.notFound(challengeId));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
