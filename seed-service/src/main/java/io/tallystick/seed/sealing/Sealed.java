package io.tallystick.seed.sealing;

/// A sealed value as it is stored: its bytes and, in a column of its own so that old versions can
/// be found, the version of the key that opens it.
///
/// @param bytes safe to store; not copied, because it is no secret and lives for one statement
/// @param keyVersion of the key-encryption key
public record Sealed(byte[] bytes, int keyVersion) {
  @Override
  public String toString() {
    return "Sealed[key version " + keyVersion + "]";
  }
}
