package io.tallystick.notify.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Idempotency;
import io.tallystick.kit.database.RequestDigest;
import io.tallystick.kit.database.ResponseCodec;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What merchants may do with their webhook and its delivery log.
@ApplicationScoped
public class Webhooks {
  private static final ResponseCodec<String> TEXT =
      new ResponseCodec<>() {
        @Override
        public byte[] encode(String response) {
          return response.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
          return new String(bytes, StandardCharsets.UTF_8);
        }
      };

  private final WebhookConfig config;
  private final WebhookUrl.Policy policy;
  private final Database database;
  private final Idempotency idempotency;
  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final WebhookOutbox outbox;
  private final WebhookDispatcher dispatcher;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Webhooks(
      WebhookConfig config,
      Database database,
      Idempotency idempotency,
      EndpointStore endpoints,
      DeliveryStore deliveries,
      WebhookOutbox outbox,
      WebhookDispatcher dispatcher,
      Clock clock) {
    this.config = config;
    this.policy = new WebhookUrl.Policy(config.allowLocal());
    this.database = database;
    this.idempotency = idempotency;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.outbox = outbox;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  /// A webhook as its merchant sees it.
  ///
  /// @param previousUntil until when the replaced secret signs too
  /// @param newSecret `whsec_…`, present only when it was made just now
  public record Registered(
      String url,
      Instant createdAt,
      Instant updatedAt,
      Optional<Instant> previousUntil,
      Optional<String> newSecret) {
    static Registered of(Endpoint endpoint, Instant now, Optional<String> newSecret) {
      return new Registered(
          endpoint.url(),
          endpoint.createdAt(),
          endpoint.updatedAt(),
          endpoint.overlapUntil(now),
          newSecret);
    }

    @Override
    public String toString() {
      return "Registered[" + url + "]";
    }
  }

  /// `data` of `webhook.test`.
  @RegisterForReflection
  record TestData(String merchantId) {}

  /// Sets the URL. The first time, and when asked to, makes a secret; a replaced one goes on
  /// signing for a while.
  public Registered put(String merchantId, String url, boolean rotateSecret) {
    WebhookUrl checked = checked(url);
    return database.inTransaction(
        handle -> put(handle, merchantId, checked.uri().toString(), rotateSecret));
  }

  public Optional<Registered> find(String merchantId) {
    return database
        .read(handle -> endpoints.find(handle, merchantId))
        .map(e -> Registered.of(e, clock.instant(), Optional.empty()));
  }

  /// Makes a new secret; the present one goes on signing for a while. The same key again gives the
  /// same secret, so that a lost answer costs nothing: a second rotation would end the overlap of
  /// the first.
  public Registered rotateSecret(String merchantId, String key) {
    return database.inTransaction(handle -> {
      endpoints.lock(handle, merchantId);
      Endpoint known = endpoints.find(handle, merchantId).orElseThrow(Webhooks::noWebhook);
      String shown =
          idempotency.once(
              handle,
              "webhook-secret:" + merchantId,
              key,
              RequestDigest.empty(),
              endpoints.secretCodec(merchantId, key),
              () -> put(handle, merchantId, known.url(), true).newSecret().orElseThrow());
      Endpoint rotated = endpoints.find(handle, merchantId).orElseThrow(Webhooks::noWebhook);
      return Registered.of(rotated, clock.instant(), Optional.of(shown));
    });
  }

  /// Ends the overlap now, for a secret that has leaked: only the newest signs from here on.
  public Registered endOverlap(String merchantId) {
    return database.inTransaction(handle -> {
      endpoints.lock(handle, merchantId);
      Endpoint known = endpoints.find(handle, merchantId).orElseThrow(Webhooks::noWebhook);
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      Endpoint alone = known.withoutPrevious(now);
      endpoints.put(handle, alone);
      return Registered.of(alone, now, Optional.empty());
    });
  }

  /// Forgets the webhook; what is pending is given up.
  public void delete(String merchantId) {
    database.useTransaction(handle -> {
      if (endpoints.delete(handle, merchantId)) {
        deliveries.giveUpAll(handle, merchantId, "the webhook was deleted");
      }
    });
  }

  /// Queues a test event.
  public Delivery test(String merchantId, String key) {
    return queued(
        merchantId,
        "webhook-test:" + merchantId,
        key,
        RequestDigest.empty(),
        (handle, now) ->
            outbox
                .add(
                    handle,
                    new WebhookEvent(
                        merchantId,
                        "test:" + key,
                        "webhook.test",
                        null,
                        now,
                        new TestData(merchantId)),
                    now)
                .orElseThrow(Webhooks::noWebhook));
  }

  /// Queues a delivery again, whatever came of it.
  public Delivery redeliver(String merchantId, String deliveryId, String key) {
    return queued(
        merchantId,
        "webhook-redelivery:" + merchantId,
        key,
        RequestDigest.of("deliveryId", deliveryId),
        (handle, now) -> again(handle, merchantId, deliveryId, now));
  }

  /// A line of the delivery log.
  public Delivery delivery(String merchantId, String deliveryId) {
    return database
        .read(handle -> deliveries.find(handle, merchantId, deliveryId))
        .orElseThrow(() -> noDelivery(deliveryId));
  }

  /// Lines of the delivery log, newest first.
  ///
  /// @param before continue after this delivery
  public List<Delivery> deliveries(
      String merchantId, Delivery.@Nullable State state, Optional<String> before, int limit) {
    return database.read(handle -> deliveries.list(handle, merchantId, state, before, limit));
  }

  private interface Queueing {
    String run(Handle handle, Instant now);
  }

  private Delivery queued(
      String merchantId, String scope, String key, RequestDigest request, Queueing effect) {
    return database.inTransaction(handle -> {
      Instant now = clock.instant();
      String id =
          idempotency.once(handle, scope, key, request, TEXT, () -> effect.run(handle, now));
      return deliveries.find(handle, merchantId, id).orElseThrow(() -> noDelivery(id));
    });
  }

  private String again(Handle handle, String merchantId, String deliveryId, Instant now) {
    if (!endpoints.keep(handle, merchantId)) {
      throw noWebhook();
    }
    if (!deliveries.again(handle, merchantId, deliveryId, config.attempts(), now)) {
      throw noDelivery(deliveryId);
    }
    handle.afterCommit(dispatcher::wake);
    return deliveryId;
  }

  private Registered put(Handle handle, String merchantId, String url, boolean rotateSecret) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    endpoints.lock(handle, merchantId);
    Optional<Endpoint> known = endpoints.find(handle, merchantId);
    boolean draws = rotateSecret || known.isEmpty();
    WebhookSecret secret = draws ? WebhookSecret.draw(random) : known.get().secret();
    Endpoint endpoint =
        new Endpoint(
            merchantId,
            url,
            secret,
            known.map(e -> draws ? e.secret() : e.previous()).orElse(null),
            known
                .map(e -> draws ? now.plus(config.rotationOverlap()) : e.previousUntil())
                .orElse(null),
            known.map(Endpoint::createdAt).orElse(now),
            now);
    endpoints.put(handle, endpoint);
    Optional<String> shown = draws ? Optional.of(secret.reveal()) : Optional.empty();
    return Registered.of(endpoint, now, shown);
  }

  /// Resolves the host too, so that a merchant learns at once what would never be delivered.
  private WebhookUrl checked(String url) {
    try {
      WebhookUrl parsed = WebhookUrl.parse(url, policy);
      parsed.resolve(policy);
      return parsed;
    } catch (WebhookUrl.RefusedException refused) {
      throw ApiErrors.invalidArgument(
          "WEBHOOK_URL_REFUSED", "the URL is refused: " + refused.getMessage());
    }
  }

  private static ApiException noWebhook() {
    return ApiErrors.failedPrecondition("NO_WEBHOOK", "the merchant has no webhook");
  }

  private static ApiException noDelivery(String deliveryId) {
    return ApiErrors.notFound("NOT_FOUND", "no delivery " + deliveryId);
  }
}
