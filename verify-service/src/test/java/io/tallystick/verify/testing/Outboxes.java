package io.tallystick.verify.testing;

import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.kit.database.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// What was written to the outbox.
@Singleton
public class Outboxes {
  private final Database database;

  @Inject
  Outboxes(Database database) {
    this.database = database;
  }

  /// Events about halves of one payer.
  public List<TapReceived> received(String payerId) {
    return payloads(payerId, "TapReceived").stream()
        .map(bytes -> {
          try {
            return TapReceived.parseFrom(bytes);
          } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        })
        .toList();
  }

  /// Events about double spendings of one payer.
  public List<TapConflict> conflicts(String payerId) {
    return payloads(payerId, "TapConflict").stream()
        .map(bytes -> {
          try {
            return TapConflict.parseFrom(bytes);
          } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        })
        .toList();
  }

  private List<byte[]> payloads(String payerId, String type) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT payload FROM outbox WHERE partition_key = :payer AND type = :type"
                    + " ORDER BY id")
            .bind("payer", payerId)
            .bind("type", type)
            .mapTo(byte[].class)
            .list());
  }
}
