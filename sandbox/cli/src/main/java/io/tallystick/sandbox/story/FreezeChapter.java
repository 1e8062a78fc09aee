package io.tallystick.sandbox.story;

import io.tallystick.sdk.wallet.client.Challenge;
import io.tallystick.sdk.wallet.client.ChallengeAnswer;
import io.tallystick.sdk.wallet.client.InboxItem;
import io.tallystick.sdk.wallet.client.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Three taps within ten seconds: the money is frozen until the payer answers, or does not.
final class FreezeChapter implements Chapter {
  @Override
  public String title() {
    return "Too many taps: freeze, challenge, release";
  }

  @Override
  public void play(Cast cast) {
    Narrator narrator = cast.narrator();
    narrator.step(
        "Hank taps three times, is asked, and never answers (the clock runs)",
        () -> forgotten(cast));
    narrator.step("Ida answers by SMS: wrong, then right", () -> bySms(cast));
    narrator.step("Joe answers by face", () -> byFace(cast));
  }

  /// Its end, for when other chapters have passed the time.
  Chapter timeIsUp() {
    return new Chapter() {
      @Override
      public String title() {
        return "Nobody answered: the money goes back";
      }

      @Override
      public void play(Cast cast) {
        cast.narrator()
            .step("Hank's time is up: the money is back, the merchant told", () -> expired(cast));
      }
    };
  }

  private @Nullable Payer hank;
  private String hanksPayment = "";

  private void forgotten(Cast cast) throws Exception {
    hank = cast.readyPayer("hank");
    hanksPayment = freeze(cast, hank).paymentId();
  }

  private static void bySms(Cast cast) throws Exception {
    try (Payer ida = cast.readyPayer("ida")) {
      InboxItem item = freeze(cast, ida);
      String challengeId = item.challengeId().orElseThrow();
      String code = ida.smsCode(challengeId);
      cast.narrator().tell("her phone shows: %s", ida.smsTexts().getLast());
      String wrong = code.equals("000000") ? "000001" : "000000";
      ChallengeAnswer first = ida.client().challenges().answerSms(challengeId, wrong);
      StoryFailure.unlessEqual("wrong", first.outcome(), "the answer to a wrong code");
      cast.narrator().tell("%s: wrong, %d tries left", wrong, first.triesLeft().orElse(0));
      ChallengeAnswer second = ida.client().challenges().answerSms(challengeId, code);
      StoryFailure.unless(second.passed(), "the right code was not taken: " + second.outcome());
      cast.narrator().tell("%s: passed", code);
      released(cast, ida, item.paymentId());
    }
  }

  private static void byFace(Cast cast) throws Exception {
    try (Payer joe = cast.readyPayer("joe")) {
      InboxItem item = freeze(cast, joe);
      ChallengeAnswer answer =
          joe.client()
              .challenges()
              .answerFace(item.challengeId().orElseThrow(), Optional.empty(), true);
      StoryFailure.unless(answer.passed(), "the face was not taken: " + answer);
      cast.narrator().tell("WebAuthn assertion with user verification: passed");
      released(cast, joe, item.paymentId());
    }
  }

  private void expired(Cast cast) throws Exception {
    Payer payer = hank;
    if (payer == null || hanksPayment.isEmpty()) {
      throw new StoryFailure("hank was never asked");
    }
    try (payer) {
      payer.bill(
          hanksPayment,
          bill -> TapChapter.text(bill, "state").equals("returned"),
          "the money being returned");
      cast.narrator().tell("hank reads: %s", payer.told(hanksPayment, "returned").text());
      cast.narrator()
          .tell(
              "the merchant reads: %s",
              cast.desk().told(hanksPayment, "returned").get("type").getAsString());
    }
  }

  private static void released(Cast cast, Payer payer, String paymentId) throws Exception {
    TapChapter.clearedBill(cast, payer, paymentId);
    cast.desk().told(paymentId, "cleared");
    cast.narrator().tell("%s is released and cleared; the merchant is told", paymentId);
  }

  /// Three taps at once; two clear, one is frozen. Returns the payer's challenge.
  static InboxItem freeze(Cast cast, Payer payer) throws Exception {
    List<String> payments = new ArrayList<>();
    for (String amount : List.of("11.00", "12.00", "13.00")) {
      payments.add(TapChapter.tap(cast, payer, amount));
    }
    cast.stall().upload();
    InboxItem item =
        Waiting.until(
            payer.name() + " being challenged",
            Duration.ofSeconds(20),
            () ->
                payer.client().inbox().newest(50).stream()
                    .filter(news -> news.challengeId().isPresent())
                    .filter(news -> payments.contains(news.paymentId()))
                    .findFirst());
    cast.narrator().tell("%s reads: %s", payer.name(), item.text());
    item.reasons().forEach(reason -> tellReason(cast, reason));
    Challenge challenge = payer.client().challenges().get(item.challengeId().orElseThrow());
    cast.narrator()
        .tell("to be answered by %s until %s", challenge.methods(), challenge.expiresAt());
    return item;
  }

  static void tellReason(Cast cast, Reason reason) {
    cast.narrator().tell("%s", reason.explanation());
    cast.narrator().tell("  payments: %s", String.join(", ", reason.paymentIds()));
  }
}
