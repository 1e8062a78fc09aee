package io.tallystick.notify.inbox.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.notify.inbox.InboxItem;
import io.tallystick.notify.json.MoneyView;
import io.tallystick.notify.reason.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An inbox item in JSON.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InboxItemView(
    long id,
    String type,
    String title,
    String text,
    String paymentId,
    String merchantId,
    @Nullable MoneyView amount,
    @Nullable MoneyView refunded,
    String state,
    int revision,
    List<Reason> reasons,
    @Nullable String challengeId,
    Instant changedAt,
    Instant createdAt,
    @Nullable String traceId) {
  static InboxItemView from(InboxItem.Stored stored) {
    InboxItem item = stored.item();
    return new InboxItemView(
        stored.id(),
        item.type().text(),
        item.title(),
        item.text(),
        item.paymentId(),
        item.merchantId(),
        MoneyView.fromNullable(item.amount()),
        MoneyView.fromNullable(item.refunded()),
        item.state(),
        item.revision(),
        item.reasons(),
        item.challengeId(),
        item.changedAt(),
        stored.createdAt(),
        stored.traceId());
  }
}
