package io.tallystick.clearing.allowance;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.protocol.model.Money;
import java.util.ArrayList;
import java.util.List;

/// What a device's allowance should be.
///
/// @param target what it should be afterwards
/// @param releasedDeviceIds devices of the same payer that this one replaces
public record AllowanceRequest(
    String key, String payerId, String deviceId, Money target, List<String> releasedDeviceIds) {
  /// Most devices that one request replaces.
  public static final int MOST_RELEASED = 64;

  private static final int LONGEST = 128;

  public AllowanceRequest {
    requireText("idempotency_key", key);
    requireText("payer_id", payerId);
    requireText("device_id", deviceId);
    requireNonNull(target, "target is null");
    releasedDeviceIds = releasedDeviceIds.stream().sorted().distinct().toList();
    if (releasedDeviceIds.size() > MOST_RELEASED) {
      throw new IllegalArgumentException(
          "released_device_ids has " + releasedDeviceIds.size() + " elements");
    }
    if (releasedDeviceIds.contains(deviceId)) {
      throw new IllegalArgumentException("released_device_ids has the device itself");
    }
    releasedDeviceIds.forEach(id -> requireText("released_device_ids", id));
  }

  AccountRef available() {
    return AccountRef.available(payerId, target.currency());
  }

  AccountRef allowance() {
    return AccountRef.allowance(payerId, deviceId, target.currency());
  }

  /// Names of the fields in which the requests differ, comma-separated; empty if none.
  String difference(AllowanceRequest other) {
    List<String> fields = new ArrayList<>();
    if (!deviceId.equals(other.deviceId)) {
      fields.add("device_id");
    }
    if (!target.equals(other.target)) {
      fields.add("target");
    }
    if (!releasedDeviceIds.equals(other.releasedDeviceIds)) {
      fields.add("released_device_ids");
    }
    return String.join(", ", fields);
  }

  private static void requireText(String field, String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException(field + " has a length of " + value.length());
    }
  }
}
