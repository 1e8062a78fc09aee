package io.tallystick.seed.device.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.seed.rest.Amount;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a wallet gets at enrolment and renewal; holds its seed and is never printed.
@RegisterForReflection
@Schema(name = "IssuedDevice")
public record IssuedDeviceView(
    String deviceId,
    String name,
    String accountNumber,
    int keyEpoch,
    @Schema(description = "32 bytes, Base64; shown in this answer only") byte[] seed,
    String alias,
    Instant seedExpiresAt,
    @Schema(description = "Fields 3 to 14, 276 bytes, Base64") byte[] authorisation,
    Instant authorisationExpiresAt,
    @Schema(description = "Compressed point, 33 bytes, Base64") byte[] rootPublicKey,
    @Schema(description = "117 bytes, Base64") byte[] issuerCertificate,
    Amount allowance,
    Amount largestSingleAmount,
    int maxTapsBeforeOnline,
    CodePrefixes codePrefixes,
    CodeLimits limits,
    Instant serverTime) {

  /// Two digits each.
  @RegisterForReflection
  public record CodePrefixes(String offline, String online) {}

  /// How often codes may be refreshed.
  @RegisterForReflection
  public record CodeLimits(
      int codeRefreshesPerMinute, int onlineCodesPerMinute, int onlineCodeValiditySeconds) {}

  @Override
  public String toString() {
    return "IssuedDeviceView[" + deviceId + "]";
  }
}
