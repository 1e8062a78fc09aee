package io.tallystick.notify.face.jws;

import io.tallystick.notify.face.FaceVerdictVerifier;
import io.tallystick.notify.face.FaceVerdictVerifier.Outcome.Refused;
import io.tallystick.notify.face.FaceVerdictVerifier.Outcome.Verified;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/// Checks verdicts that are signed JSON Web Tokens. Claims:
///
/// | claim | is |
/// |---|---|
/// | `iss` | the vendor |
/// | `aud` | this platform |
/// | `sub` | the payer |
/// | `jti` | the verdict's id, 1 to 128 characters |
/// | `iat`, `exp` | when it was given, and until when it is good |
/// | `nonce` | of the options |
/// | `challenge_id`, `payment_id` | as in the options |
/// | `verdict` | `match`; anything else is a no |
@ApplicationScoped
public class JwsFaceVerdictVerifier implements FaceVerdictVerifier {
  private static final Logger LOG = Logger.getLogger(JwsFaceVerdictVerifier.class);
  private static final int LONGEST = 8_192;
  private static final int LONGEST_ID = 128;
  private static final int SKEW_SECONDS = 10;
  private static final String MATCH = "match";

  private final String audience;
  private final Clock clock;
  private final Map<String, VendorKeys> vendors = new HashMap<>();
  private final JwtConsumer unchecked =
      new JwtConsumerBuilder()
          .setSkipAllValidators()
          .setSkipSignatureVerification()
          .setDisableRequireSignature()
          .build();

  JwsFaceVerdictVerifier(FaceVerdictConfig config, Clock clock) {
    this.audience = config.audience();
    this.clock = clock;
    config
        .vendors()
        .forEach((name, vendor) -> vendors.put(vendor.issuer(), VendorKeys.of(name, vendor)));
  }

  @Override
  public boolean available() {
    return !vendors.isEmpty();
  }

  @Override
  public String audience() {
    return audience;
  }

  @Override
  public Outcome verify(String verdict, Expected expected) {
    Optional<String> issuer = claimedIssuer(verdict);
    if (issuer.isEmpty()) {
      return new Refused(Refusal.MALFORMED);
    }
    VendorKeys vendor = vendors.get(issuer.get());
    if (vendor == null) {
      return new Refused(Refusal.UNKNOWN_VENDOR);
    }
    try {
      return judged(consumer(vendor).processToClaims(verdict), vendor, expected);
    } catch (InvalidJwtException refused) {
      LOG.debugf("a verdict of %s is refused: %s", vendor.name(), refused.getErrorDetails());
      return new Refused(refusal(refused));
    } catch (MalformedClaimException malformed) {
      return new Refused(Refusal.MALFORMED);
    }
  }

  private JwtConsumer consumer(VendorKeys vendor) {
    int seconds = Math.toIntExact(vendor.freshness().toSeconds());
    return new JwtConsumerBuilder()
        .setExpectedIssuer(vendor.issuer())
        .setExpectedAudience(audience)
        .setRequireSubject()
        .setRequireJwtId()
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setIssuedAtRestrictions(SKEW_SECONDS, seconds)
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(ConstraintType.PERMIT, vendor.algorithms()))
        .setVerificationKeyResolver(vendor.keys())
        .build();
  }

  private static Outcome judged(JwtClaims claims, VendorKeys vendor, Expected expected)
      throws MalformedClaimException {
    Instant issuedAt = Instant.ofEpochMilli(claims.getIssuedAt().getValueInMillis());
    Instant expiresAt = Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis());
    String id = claims.getJwtId();
    if (id.isBlank() || id.length() > LONGEST_ID) {
      return new Refused(Refusal.MALFORMED);
    }
    if (expiresAt.isAfter(issuedAt.plus(vendor.freshness()).plusSeconds(SKEW_SECONDS))) {
      return new Refused(Refusal.EXPIRED);
    }
    if (!claims.getSubject().equals(expected.payerId())) {
      return new Refused(Refusal.WRONG_PAYER);
    }
    boolean ofThis =
        expected.nonce().equals(claims.getStringClaimValue("nonce"))
            && expected.challengeId().equals(claims.getStringClaimValue("challenge_id"))
            && expected.paymentId().equals(claims.getStringClaimValue("payment_id"));
    if (!ofThis) {
      return new Refused(Refusal.WRONG_CHALLENGE);
    }
    return MATCH.equals(claims.getStringClaimValue("verdict"))
        ? new Verified(vendor.name(), id, expiresAt.plusSeconds(SKEW_SECONDS))
        : new Refused(Refusal.NOT_RECOGNISED);
  }

  /// Untrusted: only to find the keys by.
  private Optional<String> claimedIssuer(String verdict) {
    if (verdict.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(unchecked.processToClaims(verdict).getIssuer());
    } catch (InvalidJwtException | MalformedClaimException malformed) {
      LOG.debugf("malformed: %s", malformed.getMessage());
      return Optional.empty();
    }
  }

  private static Refusal refusal(InvalidJwtException refused) {
    if (refused.hasErrorCode(ErrorCodes.EXPIRED)
        || refused.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_PAST)
        || refused.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_FUTURE)) {
      return Refusal.EXPIRED;
    }
    if (refused.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        || refused.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
      return Refusal.WRONG_AUDIENCE;
    }
    if (refused.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)
        || refused.hasErrorCode(ErrorCodes.ISSUED_AT_MISSING)
        || refused.hasErrorCode(ErrorCodes.JWT_ID_MISSING)
        || refused.hasErrorCode(ErrorCodes.SUBJECT_MISSING)) {
      return Refusal.MALFORMED;
    }
    return Refusal.BAD_SIGNATURE;
  }
}
