package io.tallystick.notify.face;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/// A registered authenticator of one payer.
///
/// @param credentialId chosen by the authenticator
/// @param attestedData AAGUID, credential id and COSE key (WebAuthn §6.5.1)
/// @param signCount of its last signature
/// @param backupEligible whether it may be copied to other devices
/// @param transports as the client told, hints only
public record Passkey(
    byte[] credentialId,
    byte[] attestedData,
    long signCount,
    boolean backupEligible,
    boolean backupState,
    Set<String> transports,
    Instant createdAt) {
  public Passkey {
    credentialId = credentialId.clone();
    attestedData = attestedData.clone();
    transports = Set.copyOf(transports);
    requireNonNull(createdAt, "createdAt is null");
  }

  @Override
  public byte[] credentialId() {
    return credentialId.clone();
  }

  @Override
  public byte[] attestedData() {
    return attestedData.clone();
  }

  /// Base64url.
  public String id() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(credentialId);
  }

  @Override
  public String toString() {
    return "Passkey[" + id() + "]";
  }
}
