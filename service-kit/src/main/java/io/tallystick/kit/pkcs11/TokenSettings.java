package io.tallystick.kit.pkcs11;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Which key of which token.
///
/// @param library the vendor's PKCS#11 library
/// @param slot number of the slot that the token is in (`CK_SLOT_ID`), as `pkcs11-tool -L` shows it
/// @param keyLabels labels (`CKA_LABEL`) of AES keys, each the only one with it; tried in order
/// @param pinFile has the user's PIN; a line break at its end does not count
/// @param timeout of one call
public record TokenSettings(
    Path library, long slot, List<String> keyLabels, Path pinFile, Duration timeout) {
  public TokenSettings {
    requireNonNull(library, "library is null");
    keyLabels = List.copyOf(keyLabels);
    if (keyLabels.isEmpty()) {
      throw new IllegalArgumentException("keyLabels is empty");
    }
    requireNonNull(pinFile, "pinFile is null");
    requireNonNull(timeout, "timeout is null");
    if (slot < 0) {
      throw new IllegalArgumentException("slot is negative: " + slot);
    }
  }
}
