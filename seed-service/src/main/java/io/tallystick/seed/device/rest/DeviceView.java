package io.tallystick.seed.device.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.seed.device.Device;
import io.tallystick.seed.rest.Amount;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A device as its payer sees it.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Device")
public record DeviceView(
    @Schema(examples = "5f0c9b7a1e2d3c4b") String deviceId,
    String name,
    @Schema(enumeration = {"live", "revoked"}) String state,
    int keyEpoch,
    Amount allowance,
    @Nullable Instant enrolledAt,
    @Nullable Instant renewedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Schema(enumeration = {"replaced", "payer_request", "double_spend", "operator"})
        @Nullable String revocationReason) {

  static DeviceView of(Device device) {
    return new DeviceView(
        device.id().toString(),
        device.name(),
        device.state().text(),
        device.keyEpoch(),
        Amount.of(device.allowance()),
        device.enrolledAt().orElse(null),
        device.renewedAt().orElse(null),
        device.expiresAt().orElse(null),
        device.revocation().map(Device.Revocation::at).orElse(null),
        device.revocation().map(revocation -> revocation.reason().text()).orElse(null));
  }
}
