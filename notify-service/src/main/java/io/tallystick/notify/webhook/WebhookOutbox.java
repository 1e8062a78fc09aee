package io.tallystick.notify.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.kit.event.EventIds;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Queues what merchants are told, in the transaction of what it tells of.
@ApplicationScoped
public class WebhookOutbox {
  private final WebhookConfig config;
  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final WebhookDispatcher dispatcher;
  private final ObjectMapper json;

  WebhookOutbox(
      WebhookConfig config,
      EndpointStore endpoints,
      DeliveryStore deliveries,
      WebhookDispatcher dispatcher,
      ObjectMapper json) {
    this.config = config;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.dispatcher = dispatcher;
    this.json = json;
  }

  /// Queues an event; does nothing for a merchant without a webhook, or when it was queued before.
  ///
  /// @return the delivery's id, when one was queued
  public Optional<String> add(Handle handle, WebhookEvent event, Instant now) {
    if (!endpoints.keep(handle, event.merchantId())) {
      return Optional.empty();
    }
    String deliveryId = "whd_" + EventIds.at(now);
    String webhookId = "msg_" + EventIds.at(now);
    boolean added =
        deliveries.add(handle, event, deliveryId, webhookId, body(event), config.attempts(), now);
    if (!added) {
      return Optional.empty();
    }
    handle.afterCommit(dispatcher::wake);
    return Optional.of(deliveryId);
  }

  private String body(WebhookEvent event) {
    ObjectNode body = json.createObjectNode();
    body.put("type", event.type());
    body.put("timestamp", event.occurredAt().toString());
    body.set("data", json.valueToTree(event.data()));
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("the data is a record", impossible);
    }
  }
}
