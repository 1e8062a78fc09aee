package io.tallystick.notify.face;

import java.time.Instant;
import java.util.Locale;

/// Judges what a face recognition vendor says about one challenge. Beside [FaceVerifier], where the
/// payer's own authenticator answers: here somebody else looked at the payer, and vouches for it
/// with a signature. A vendor with a protocol of its own is another implementation.
public interface FaceVerdictVerifier {
  /// What a verdict must be about.
  ///
  /// @param nonce of the options handed out, bound to challenge, payment, amount and merchant
  record Expected(String payerId, String challengeId, String paymentId, String nonce) {}

  /// What came of it.
  sealed interface Outcome {
    /// The vendor saw the payer's face, now and for this.
    ///
    /// @param vendor who vouches
    /// @param verdictId the vendor's; good for one use
    /// @param expiresAt the verdict's end, until which its id must be remembered
    record Verified(String vendor, String verdictId, Instant expiresAt) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
  }

  /// Why a verdict was not accepted, in order of precedence.
  enum Refusal {
    MALFORMED,
    UNKNOWN_VENDOR,
    BAD_SIGNATURE,
    EXPIRED,
    WRONG_AUDIENCE,
    WRONG_PAYER,
    WRONG_CHALLENGE,
    NOT_RECOGNISED,
    REPEATED;

    /// As in the REST contract: `wrong-challenge`.
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Whether there is a vendor at all.
  boolean available();

  /// Whom a verdict has to be made out to.
  String audience();

  /// Judges a verdict; that it is used once is the caller's to see to.
  Outcome verify(String verdict, Expected expected);
}
