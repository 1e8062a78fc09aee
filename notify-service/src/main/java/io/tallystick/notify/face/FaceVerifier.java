package io.tallystick.notify.face;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tells whether an authenticator of the payer has verified the payer just now, for one challenge.
///
/// Bodies are JSON texts of the verifier's own protocol; they pass through the service unread.
public interface FaceVerifier {
  /// The user as the authenticator will keep it.
  ///
  /// @param handle 32 random bytes, so that the authenticator keeps nothing about the person
  /// @param name for the person to tell accounts apart
  record User(byte[] handle, String name) {}

  /// What came of a registration.
  sealed interface Registration {
    record Registered(Passkey passkey) implements Registration {}

    record Refused(Refusal refusal) implements Registration {}
  }

  /// What came of an assertion.
  sealed interface Assertion {
    /// @param signCount to be stored; `backupState` too
    record Verified(long signCount, boolean backupState) implements Assertion {}

    record Refused(Refusal refusal) implements Assertion {}
  }

  /// Why an authenticator's answer was not accepted, in order of precedence.
  enum Refusal {
    MALFORMED,
    UNKNOWN_PASSKEY,
    WRONG_CHALLENGE,
    WRONG_ORIGIN,
    WRONG_RELYING_PARTY,
    USER_NOT_VERIFIED,
    BAD_SIGNATURE,
    COUNTER_REGRESSION;

    /// As in the REST contract: `wrong-challenge`.
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Options for creating a passkey.
  String creationOptions(User user, byte[] challenge, List<Passkey> existing);

  /// The challenge that a registration says it answers; empty when it is malformed. Untrusted.
  Optional<byte[]> claimedChallenge(String registration);

  /// Checks a registration against the challenge handed out.
  Registration register(String registration, byte[] challenge);

  /// Options for an assertion by one of the passkeys.
  String requestOptions(byte[] challenge, List<Passkey> allowed);

  /// The credential that an assertion says it is of; empty when it is malformed. Untrusted.
  Optional<byte[]> claimedCredential(String assertion);

  /// Checks an assertion against the challenge handed out, the payer's passkey and the payer's user
  /// handle. User verification is required.
  Assertion verify(String assertion, byte[] challenge, Passkey passkey, byte[] userHandle);
}
