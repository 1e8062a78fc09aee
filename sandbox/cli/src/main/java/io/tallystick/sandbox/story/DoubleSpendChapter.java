package io.tallystick.sandbox.story;

import io.tallystick.api.verify.v1.Evidence;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.proof.DoubleSpendProof;
import io.tallystick.protocol.proof.ProofStatus;
import io.tallystick.sdk.terminal.platform.OrderState;
import io.tallystick.sdk.terminal.platform.TapUploader;
import io.tallystick.sdk.terminal.tap.TapOutcome;
import io.tallystick.sdk.wallet.Enrolment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One half twice is one payment; one serial twice is a crime that proves itself.
final class DoubleSpendChapter implements Chapter {
  @Override
  public String title() {
    return "The same half twice, the same serial twice";
  }

  @Override
  public void play(Cast cast) {
    cast.narrator().step("A half uploaded twice is one payment", () -> duplicate(cast));
    cast.narrator()
        .step("A cloned phone spends one serial twice: proof, revocation", () -> doubleSpend(cast));
  }

  private static void duplicate(Cast cast) throws Exception {
    try (Payer mia = cast.readyPayer("mia")) {
      String paymentId = TapChapter.tap(cast, mia, "3.30");
      Path copy = cast.stall().copyJournal();
      TapChapter.requireAccepted(cast.stall().upload(), paymentId);
      boolean duplicate =
          cast.stall().uploadCopyOf(copy).stream()
              .anyMatch(result ->
                  result instanceof TapUploader.Result.Accepted accepted
                      && accepted.paymentId().equals(paymentId)
                      && accepted.duplicate());
      StoryFailure.unless(duplicate, "the second upload is no duplicate");
      TapChapter.clearedBill(cast, mia, paymentId);
      cast.narrator().tell("the second upload: a duplicate of %s, nothing moved", paymentId);
    }
  }

  private static void doubleSpend(Cast cast) throws Exception {
    try (Payer nick = cast.readyPayer("nick")) {
      try (Payer clone = nick.cloned()) {
        TapOutcome.Accepted first = cast.stall().acceptedTap(nick, "8.00");
        TapOutcome.Accepted second = cast.cafe().acceptedTap(clone, "30.00");
        StoryFailure.unlessEqual(
            first.half().serial(), second.half().serial(), "the serial of the clone");
        cast.narrator()
            .tell(
                "serial %s: 8.00 CNY at %s, 30.00 CNY at %s",
                first.half().serial(), cast.stall().name(), cast.cafe().name());
      }
      cast.stall().upload();
      List<TapUploader.Result> answers = cast.cafe().upload();
      TapUploader.Result.Conflict conflict =
          answers.stream()
              .filter(TapUploader.Result.Conflict.class::isInstance)
              .map(TapUploader.Result.Conflict.class::cast)
              .findFirst()
              .orElseThrow(() -> new StoryFailure("the second token is no conflict: " + answers));
      cast.narrator()
          .tell(
              "the first stands; the second is a conflict, kept as evidence %s",
              conflict.evidenceId());
      Enrolment enrolment =
          StoryFailure.unlessPresent(nick.wallet().state().enrolment(), "nick is not enrolled");
      String deviceId = enrolment.deviceId().toString();
      Evidence evidence = cast.operator().evidence(deviceId).getFirst();
      verifyOffline(cast, evidence);
      revoked(cast, nick);
    }
  }

  private static void verifyOffline(Cast cast, Evidence evidence) throws Exception {
    DoubleSpendProof proof = DoubleSpendProof.parse(evidence.getProof().toByteArray());
    Path file = cast.stage().file("double-spend.proof");
    Files.writeString(file, proof.toText());
    Sm2PublicKey root = cast.stage().root();
    StoryFailure.unlessEqual(ProofStatus.PROVEN, proof.verify(root), "the proof");
    cast.narrator()
        .tell(
            "proof written to %s; ./tally proof verify FILE --root %s says %s",
            file.getFileName(),
            cast.stage().description().rootPublicKeyFile().getFileName(),
            proof.verify(root));
  }

  private static void revoked(Cast cast, Payer nick) throws Exception {
    Waiting.until(
        "nick's device being revoked",
        Duration.ofSeconds(20),
        () ->
            nick.client().devices().list().stream()
                .filter(device -> device.state().equals("revoked"))
                .findFirst());
    OrderState answer =
        cast.cafe().pay(cast.cafe().nextOrder(), nick.refreshedCode().digits(), "1.00");
    EnrolmentChapter.requireRefused(answer);
    cast.narrator().tell("the device is revoked; its codes: %s", answer);
    Waiting.until(
        "the deny list reaching the stall",
        Duration.ofSeconds(20),
        () -> {
          cast.stall().refreshPack();
          TapOutcome outcome = cast.stall().tap(nick, "1.00");
          return outcome instanceof TapOutcome.Refused refused
              ? Optional.of(refused)
              : Optional.empty();
        });
    cast.narrator().tell("with a fresh pack the stall refuses its taps, offline");
  }
}
