package io.tallystick.sandbox.soak.work;

import static io.tallystick.sandbox.soak.told.Line.UNKNOWN;

import com.google.gson.JsonParser;
import io.tallystick.sandbox.platform.SandboxUsers;
import io.tallystick.sandbox.soak.plan.Intent.Answer;
import io.tallystick.sandbox.soak.told.Line.What;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sandbox.story.Stage;
import io.tallystick.sdk.wallet.client.Challenge;
import io.tallystick.sdk.wallet.client.ChallengeAnswer;
import io.tallystick.sdk.wallet.client.InboxItem;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What payers do about challenges: look into the camera, type the code from the phone's screen,
/// type a wrong one until no try is left, or nothing.
final class ChallengeAnswers {
  private static final int INBOX_ITEMS = 100;
  private static final int WRONG_TRIES = 6;
  private static final Duration SMS_LIMIT = Duration.ofSeconds(5);
  private static final Pattern SMS_CODE = Pattern.compile("\\b([0-9]{6})\\b");

  private final Stage stage;
  private final ToldJournal journal;
  private final HttpClient phones = HttpClient.newHttpClient();

  ChallengeAnswers(Stage stage, ToldJournal journal) {
    this.stage = stage;
    this.journal = journal;
  }

  /// Does this about everything the payer is asked.
  void answerAll(int step, SoakPayer payer, Answer how) throws InterruptedException {
    if (how == Answer.IGNORE) {
      return;
    }
    for (InboxItem item : payer.client().inbox().newest(INBOX_ITEMS)) {
      if (item.challengeId().isPresent() && open(payer, item.challengeId().get())) {
        answer(step, payer, item.challengeId().get(), item.paymentId(), how);
      }
    }
  }

  private static boolean open(SoakPayer payer, String challengeId) {
    Challenge challenge = payer.client().challenges().get(challengeId);
    return challenge.state().equals("created") || challenge.state().equals("delivered");
  }

  private void answer(int step, SoakPayer payer, String id, String paymentId, Answer how)
      throws InterruptedException {
    var challenges = payer.client().challenges();
    switch (how) {
      case FACE ->
          told(step, payer, id, paymentId, () -> challenges.answerFace(id, Optional.empty(), true));
      case SMS -> {
        Optional<String> code = smsCode(payer, id);
        if (code.isPresent()) {
          told(step, payer, id, paymentId, () -> challenges.answerSms(id, code.get()));
        }
      }
      case WRONG_SMS -> {
        Optional<String> code = smsCode(payer, id);
        for (int i = 0; code.isPresent() && i < WRONG_TRIES; i++) {
          String wrong = code.get().equals("000000") ? "000001" : "000000";
          told(step, payer, id, paymentId, () -> challenges.answerSms(id, wrong));
        }
      }
      case IGNORE -> throw new AssertionError("nothing to answer with");
    }
  }

  private void told(
      int step, SoakPayer payer, String id, String paymentId, Supplier<ChallengeAnswer> call) {
    journal.asks(step, What.CHALLENGE, id, "paymentId", paymentId, "payer", payer.id());
    String outcome;
    String state = "";
    try {
      ChallengeAnswer answer = call.get();
      outcome = answer.outcome();
      state = answer.challenge().state();
    } catch (UnreachableException e) {
      outcome = UNKNOWN;
    } catch (ProblemException e) {
      outcome = "problem:" + e.name();
    }
    journal.told(
        step,
        What.CHALLENGE,
        id,
        "paymentId",
        paymentId,
        "payer",
        payer.id(),
        "outcome",
        outcome,
        "state",
        state);
  }

  /// The code on the payer's phone, if one comes in time.
  private Optional<String> smsCode(SoakPayer payer, String challengeId)
      throws InterruptedException {
    List<String> before = screen(payer);
    try {
      payer.client().challenges().sendSms(challengeId);
    } catch (ProblemException.TooMany | ProblemException.Conflict noMore) {
      return Optional.empty();
    }
    long deadline = System.nanoTime() + SMS_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      List<String> texts = screen(payer);
      if (!texts.isEmpty() && !texts.equals(before)) { // A full screen gets no longer.
        Matcher code = SMS_CODE.matcher(texts.getLast());
        return code.find() ? Optional.of(code.group(1)) : Optional.empty();
      }
      Thread.sleep(100);
    }
    return Optional.empty();
  }

  private List<String> screen(SoakPayer payer) throws InterruptedException {
    String number = SandboxUsers.phoneNumber(payer.id()).substring(1);
    URI address = URI.create(stage.description().smsCentre() + "/phones/" + number + "/messages");
    try {
      String body =
          phones
              .send(
                  HttpRequest.newBuilder(address).timeout(SMS_LIMIT).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return JsonParser.parseString(body).getAsJsonArray().asList().stream()
          .map(message -> message.getAsJsonObject().get("text").getAsString())
          .toList();
    } catch (IOException e) {
      throw new UnreachableException("the phone's screen can't be read", e);
    }
  }
}
