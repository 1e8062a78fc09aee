package io.tallystick.sandbox.cli.wallet;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sdk.wallet.Enrolment;
import java.io.PrintStream;

/// What an enrolment says, without its secrets.
final class EnrolmentText {
  private EnrolmentText() {}

  static Document document(Enrolment enrolment) {
    DeviceAuthorisation authorisation = enrolment.authorisation();
    return Document.of()
        .with("payerId", enrolment.payerId())
        .with("deviceId", enrolment.deviceId().toString())
        .with("deviceName", enrolment.deviceName())
        .with("accountNumber", authorisation.terms().account().value())
        .with("keyEpoch", authorisation.terms().allowance().keyEpoch().value())
        .with("allowance", authorisation.allowance())
        .with("largestSingleAmount", authorisation.largestSingleAmount())
        .with("maxTapsBeforeOnline", authorisation.terms().allowance().maxTaps())
        .with("authorisationExpiresAt", authorisation.terms().expiresAt())
        .with("seedExpiresAt", enrolment.seedExpiresAt());
  }

  static void print(PrintStream out, Enrolment enrolment) {
    DeviceAuthorisation authorisation = enrolment.authorisation();
    out.printf("payer            %s%n", enrolment.payerId());
    out.printf("device           %s (%s)%n", enrolment.deviceId(), enrolment.deviceName());
    out.printf("account          %s%n", authorisation.terms().account());
    out.printf("key epoch        %d%n", authorisation.terms().allowance().keyEpoch().value());
    out.printf("allowance        %s held for offline taps%n", authorisation.allowance());
    out.printf("largest tap      %s%n", authorisation.largestSingleAmount());
    out.printf("taps offline     %d at most%n", authorisation.terms().allowance().maxTaps());
    out.printf("good until       %s%n", authorisation.terms().expiresAt());
    out.printf("codes until      %s%n", enrolment.seedExpiresAt());
  }
}
