package io.tallystick.sandbox.soak.plan;

import io.tallystick.sandbox.soak.plan.Intent.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/// Draws what each payer means to do, from weights.
final class StepPlan {
  private static final long MEAN_PAUSE_MILLIS = 1_100;

  /// Largest everyday amount: thirty.
  private static final int EVERYDAY_MINOR = 3_000;

  private final long seed;
  private final int payers;
  private final int tills;

  /// A moment of a payer before the steps of all payers are counted.
  private record Draft(long atMillis, int payer, Intent intent) {}

  StepPlan(long seed, int payers, int tills) {
    this.seed = seed;
    this.payers = payers;
    this.tills = tills;
  }

  List<PlannedStep> draw(long lastMillis) {
    List<Draft> drafts = new ArrayList<>();
    for (int payer = 0; payer < payers; payer++) {
      Random random = new Random(seed * 31 + payer);
      for (long at = pause(random); at < lastMillis; at += pause(random)) {
        drafts.add(new Draft(at, payer, intent(random)));
      }
    }
    drafts.sort(Comparator.comparingLong(Draft::atMillis).thenComparingInt(Draft::payer));
    List<PlannedStep> steps = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      steps.add(new PlannedStep(steps.size() + 1, draft.atMillis(), draft.payer(), draft.intent()));
    }
    return List.copyOf(steps);
  }

  private static long pause(Random random) {
    return MEAN_PAUSE_MILLIS / 2 + random.nextInt((int) MEAN_PAUSE_MILLIS);
  }

  private Intent intent(Random random) {
    int draw = random.nextInt(1_000);
    int till = random.nextInt(tills);
    long amount = 1L + random.nextInt(EVERYDAY_MINOR);
    if (draw < 260) {
      return new Intent.PayOffline(till, amount);
    } else if (draw < 420) {
      return new Intent.PayOnline(till, amount);
    } else if (draw < 445) {
      return new Intent.PayOnline(
          till, 25_000 + amount * 5); // Dear enough for risk to ask the payer.
    } else if (draw < 460) {
      return new Intent.PayOffline(till, 500_000 + amount); // More than anybody has.
    } else if (draw < 495) {
      return new Intent.PayDoubled(till, amount);
    } else if (draw < 530) {
      return new Intent.PayAgain();
    } else if (draw < 545) {
      return new Intent.PayUsedCode(till, amount);
    } else if (draw < 590) {
      return new Intent.Reverse();
    } else if (draw < 665) {
      return new Intent.Refund(10 + random.nextInt(100), 1 + random.nextInt(2));
    }
    return offline(draw, till, amount, random);
  }

  private static Intent offline(int draw, int till, long amount, Random random) {
    if (draw < 820) {
      return new Intent.Tap(till, List.of(amount));
    } else if (draw < 845) {
      List<Long> burst =
          LongStream.generate(() -> 1 + random.nextInt(EVERYDAY_MINOR)).limit(3).boxed().toList();
      return new Intent.Tap(till, burst);
    } else if (draw < 895) {
      return new Intent.AnswerChallenges(Answer.values()[random.nextInt(Answer.values().length)]);
    } else if (draw < 940) {
      return new Intent.UploadWallet();
    } else if (draw < 985) {
      return new Intent.UploadTill(till, random.nextBoolean(), random.nextInt(4));
    } else if (draw < 990) {
      return new Intent.Renew();
    } else if (draw < 995) {
      return new Intent.SkewWallet(random.nextInt(1_200) - 600);
    }
    return new Intent.SkewTill(till, random.nextInt(180) - 90);
  }
}
