package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.client.Challenge;
import io.tallystick.sdk.wallet.client.ChallengeAnswer;
import io.tallystick.sdk.wallet.client.Challenges;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Answers a challenge.
@Command(
    name = "answer",
    mixinStandardHelpOptions = true,
    description = {
      "A challenge: shows it, has an SMS code sent, or answers it.",
      "Exit status: 0 passed, shown or sent; 1 wrong, refused or ended."
    })
final class AnswerCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "CHALLENGE", description = "A challenge id of 'wallet inbox'.")
  private String challengeId;

  @ArgGroup private @Nullable Method method;

  /// One way to answer, or none to look.
  private static final class Method {
    @Option(names = "--send-sms", description = "Have a code sent to the payer's phone.")
    private boolean sendSms;

    @Option(names = "--sms", paramLabel = "CODE", description = "Answer with the code of the SMS.")
    private @Nullable String code;

    @Option(
        names = "--face",
        description = "Answer by face, with the passkey that 'wallet face' registered.")
    @SuppressWarnings("unused") // Set, it is the one way that is left.
    private boolean face;
  }

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      Challenges challenges = session.client().challenges();
      Method chosen = method;
      if (chosen == null) {
        return show(challenges.get(challengeId));
      }
      if (chosen.sendSms) {
        return show(challenges.sendSms(challengeId));
      }
      if (chosen.code != null) {
        return show(challenges.answerSms(challengeId, chosen.code));
      }
      if (!challenges.hasPasskey()) {
        throw CommandFailure.usage("the wallet has no passkey; make one with 'wallet face'");
      }
      return show(challenges.answerFace(challengeId, Optional.empty(), true));
    } catch (IllegalArgumentException | IllegalStateException unusable) {
      throw CommandFailure.usage(unusable);
    }
  }

  private int show(Challenge challenge) {
    output.print(document(challenge).members(), out -> print(out, challenge));
    return ExitStatus.OK;
  }

  private int show(ChallengeAnswer answer) {
    output.print(
        Document.of()
            .with("outcome", answer.outcome())
            .with("triesLeft", answer.triesLeft())
            .with("reason", answer.reason())
            .with("challenge", document(answer.challenge()))
            .members(),
        out -> {
          out.println(
              answer.outcome()
                  + answer.reason().map(reason -> " (" + reason + ")").orElse("")
                  + answer.triesLeft().map(left -> "; tries left: " + left).orElse(""));
          print(out, answer.challenge());
        });
    return answer.passed() ? ExitStatus.OK : ExitStatus.REFUSED;
  }

  private static Document document(Challenge challenge) {
    return Document.of()
        .with("challengeId", challenge.challengeId())
        .with("paymentId", challenge.paymentId())
        .with("merchantId", challenge.merchantId())
        .with("amount", challenge.amount())
        .with("state", challenge.state())
        .with("methods", challenge.methods())
        .with("reasons", challenge.reasons().stream().map(InboxCommand::document).toList())
        .with("expiresAt", challenge.expiresAt())
        .with("smsDelivery", challenge.sms().map(Challenge.Sms::delivery))
        .with("smsTriesLeft", challenge.sms().map(Challenge.Sms::triesLeft));
  }

  private static void print(PrintStream out, Challenge challenge) {
    out.printf(
        "%s  %s to %s: %s%n",
        challenge.challengeId(), challenge.amount(), challenge.merchantId(), challenge.state());
    challenge.reasons().forEach(reason -> out.printf("  why: %s%n", reason.explanation()));
    if (!challenge.methods().isEmpty()) {
      out.printf(
          "  answer by %s until %s%n",
          String.join(" or ", challenge.methods()), challenge.expiresAt());
    }
    challenge
        .sms()
        .ifPresent(sms -> out.printf("  SMS %s, %d tries left%n", sms.delivery(), sms.triesLeft()));
  }
}
