package io.tallystick.seed.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.DeviceId;
import java.time.Instant;
import java.util.UUID;

/// Whom a good code pays for.
public sealed interface CodeMatch {
  Holder holder();

  /// The payer and the device.
  record Holder(String payerId, DeviceId deviceId, AccountNumber account, Instant enrolledAt) {
    public Holder {
      requireNonNull(payerId, "payerId is null");
      requireNonNull(deviceId, "deviceId is null");
      requireNonNull(account, "account is null");
      requireNonNull(enrolledAt, "enrolledAt is null");
    }
  }

  /// Derived from a seed for a moment.
  record Offline(Holder holder, UUID seedId, CodeMoment moment) implements CodeMatch {
    public String instrumentId() {
      return "code:" + seedId + ":" + moment.minute() + ":" + moment.refreshIndex();
    }
  }

  /// Made by this service.
  record Online(Holder holder, UUID codeId) implements CodeMatch {
    public String instrumentId() {
      return "online:" + codeId;
    }
  }
}
