package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.AuthorisationStatus;
import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.sdk.wallet.Enrolment;
import java.time.Instant;
import java.util.Arrays;

/** What seed-service answers to an enrolment or a renewal, checked against the root we trust. */
record EnrolmentAnswer(
    String payerId,
    String name,
    DeviceAuthorisation authorisation,
    Seed seed,
    Alias alias,
    Instant seedExpiresAt,
    CodeNetwork network) {

  /** The enrolment of the device that holds this key. */
  Enrolment enrolment(Sm2PrivateKey deviceKey) {
    if (!authorisation.terms().deviceKey().equals(deviceKey.publicKey())) {
      throw new UntrustedAnswerException("the authorisation is for another device key");
    }
    return new Enrolment(
        payerId, name, deviceKey, authorisation, seed, alias, seedExpiresAt, network);
  }

  /** Reads and checks answers. */
  record Reader(Sm2PublicKey trustedRoot) {
    Reader {
      requireNonNull(trustedRoot, "trustedRoot is null");
    }

    EnrolmentAnswer read(Members answer, String payerId) {
      try {
        DeviceAuthorisation authorisation =
            DeviceAuthorisation.parse(answer.bytes("authorisation"));
        check(authorisation, answer);
        Members prefixes = answer.child("codePrefixes");
        return new EnrolmentAnswer(
            payerId,
            answer.text("name"),
            authorisation,
            Seed.fromBytes(answer.bytes("seed")),
            Alias.parse(answer.text("alias")),
            answer.instant("seedExpiresAt"),
            new CodeNetwork(prefixes.text("offline"), prefixes.text("online")));
      } catch (MalformedException malformed) {
        throw new UntrustedAnswerException(malformed.getMessage());
      }
    }

    private void check(DeviceAuthorisation authorisation, Members answer) {
      if (!Arrays.equals(answer.bytes("rootPublicKey"), trustedRoot.compressed())) {
        throw new UntrustedAnswerException("the platform's root key is not the one trusted here");
      }
      AuthorisationStatus status =
          AuthorisationVerifier.trusting(trustedRoot)
              .verify(authorisation, answer.instant("serverTime"));
      if (status != AuthorisationStatus.GOOD) {
        throw new UntrustedAnswerException("the authorisation is not good: " + status);
      }
      if (!authorisation.deviceId().toString().equals(answer.text("deviceId"))) {
        throw new UntrustedAnswerException("the authorisation is for another device");
      }
    }
  }
}
