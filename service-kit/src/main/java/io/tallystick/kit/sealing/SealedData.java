package io.tallystick.kit.sealing;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// All that one service keeps under key-encryption keys. Offered as a bean by a service that seals.
public interface SealedData {
  KeyRing ring();

  /// How the keys are read again.
  KeyEncryptionSource source();

  /// What a re-seal job seals anew.
  List<Resealable> resealables();

  /// What needs a version until it expires by itself: minutes.
  List<VersionUse> shortLived();

  /// Called at the start, before the check of what is needed, and with every reading of the keys.
  void refresh(Handle handle);

  /// Writes into the service's audit trail, in the caller's transaction.
  ///
  /// @param event `reseal_requested` or `reseal_finished`
  void audit(Handle handle, String event, String actor, Map<String, String> facts);
}
