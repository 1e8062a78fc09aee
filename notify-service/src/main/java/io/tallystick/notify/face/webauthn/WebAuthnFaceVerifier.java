package io.tallystick.notify.face.webauthn;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadTopOriginException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.MissingChallengeException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import com.webauthn4j.verifier.exception.VerificationException;
import io.tallystick.notify.face.FaceVerifier;
import io.tallystick.notify.face.Passkey;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Checks passkeys with webauthn4j.
@ApplicationScoped
public class WebAuthnFaceVerifier implements FaceVerifier {
  private static final Logger LOG = Logger.getLogger(WebAuthnFaceVerifier.class);
  private static final boolean USER_VERIFICATION_REQUIRED = true;
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256),
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.RS256));

  private final WebAuthnOptions options;
  private final String rpId;
  private final Set<Origin> origins;
  private final Clock clock;
  private final ObjectConverter converter = new ObjectConverter();
  private final AttestedCredentialDataConverter attestedData =
      new AttestedCredentialDataConverter(converter);
  private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

  WebAuthnFaceVerifier(WebAuthnConfig config, WebAuthnOptions options, Clock clock) {
    this.options = options;
    this.rpId = config.rpId();
    this.origins = config.origins().stream().map(Origin::new).collect(Collectors.toSet());
    this.clock = clock;
  }

  @Override
  public String creationOptions(User user, byte[] challenge, List<Passkey> existing) {
    return options.creation(user, challenge, existing);
  }

  @Override
  public String requestOptions(byte[] challenge, List<Passkey> allowed) {
    return options.request(challenge, allowed);
  }

  @Override
  public Optional<byte[]> claimedChallenge(String registration) {
    return parsed(() -> manager.parseRegistrationResponseJSON(registration))
        .map(data -> data.getCollectedClientData().getChallenge().getValue());
  }

  @Override
  public Registration register(String registration, byte[] challenge) {
    try {
      RegistrationParameters expected =
          new RegistrationParameters(server(challenge), ALGORITHMS, USER_VERIFICATION_REQUIRED);
      return new Registration.Registered(
          passkey(manager.verifyRegistrationResponseJSON(registration, expected)));
    } catch (DataConversionException | VerificationException refused) {
      return new Registration.Refused(refusal(refused));
    }
  }

  @Override
  public Optional<byte[]> claimedCredential(String assertion) {
    return parsed(() -> manager.parseAuthenticationResponseJSON(assertion))
        .map(AuthenticationData::getCredentialId);
  }

  @Override
  public Assertion verify(String assertion, byte[] challenge, Passkey passkey, byte[] userHandle) {
    try {
      AuthenticationParameters expected =
          new AuthenticationParameters(
              server(challenge),
              credential(passkey),
              List.of(passkey.credentialId()),
              USER_VERIFICATION_REQUIRED);
      AuthenticationData data = manager.verifyAuthenticationResponseJSON(assertion, expected);
      if (isOfAnother(data.getUserHandle(), userHandle)) {
        return new Assertion.Refused(Refusal.UNKNOWN_PASSKEY);
      }
      var authenticator = data.getAuthenticatorData();
      return new Assertion.Verified(authenticator.getSignCount(), authenticator.isFlagBS());
    } catch (DataConversionException | VerificationException refused) {
      return new Assertion.Refused(refusal(refused));
    }
  }

  /// webauthn4j reports a member that is missing by NullPointerException.
  private static <T> Optional<T> parsed(Supplier<T> parser) {
    try {
      return Optional.of(parser.get());
    } catch (DataConversionException | IllegalArgumentException | NullPointerException malformed) {
      LOG.debugf("malformed: %s", malformed.getMessage());
      return Optional.empty();
    }
  }

  private ServerProperty server(byte[] challenge) {
    return ServerProperty.builder()
        .origins(origins)
        .rpId(rpId)
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  private Passkey passkey(RegistrationData data) {
    var authenticator = data.getAttestationObject().getAuthenticatorData();
    var attested = authenticator.getAttestedCredentialData();
    Set<AuthenticatorTransport> transports =
        data.getTransports() == null ? Set.of() : data.getTransports();
    return new Passkey(
        attested.getCredentialId(),
        attestedData.convert(attested),
        authenticator.getSignCount(),
        authenticator.isFlagBE(),
        authenticator.isFlagBS(),
        transports.stream().map(AuthenticatorTransport::getValue).collect(Collectors.toSet()),
        clock.instant());
  }

  private CredentialRecord credential(Passkey passkey) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        passkey.backupEligible(),
        passkey.backupState(),
        passkey.signCount(),
        attestedData.convert(passkey.attestedData()),
        null,
        null,
        null,
        null);
  }

  /// The user handle is optional in an answer to options that list credentials (WebAuthn §7.2, 6).
  private static boolean isOfAnother(byte @Nullable [] claimed, byte[] expected) {
    return claimed != null && claimed.length > 0 && !MessageDigest.isEqual(claimed, expected);
  }

  private static Refusal refusal(RuntimeException refused) {
    LOG.debugf("webauthn refused: %s", refused.getMessage());
    return switch (refused) {
      case DataConversionException _ -> Refusal.MALFORMED;
      case BadChallengeException _, MissingChallengeException _ -> Refusal.WRONG_CHALLENGE;
      case BadOriginException _, BadTopOriginException _, CrossOriginException _ ->
          Refusal.WRONG_ORIGIN;
      case BadRpIdException _ -> Refusal.WRONG_RELYING_PARTY;
      case UserNotVerifiedException _, UserNotPresentException _ -> Refusal.USER_NOT_VERIFIED;
      case MaliciousCounterValueException _ -> Refusal.COUNTER_REGRESSION;
      default -> Refusal.BAD_SIGNATURE;
    };
  }
}
