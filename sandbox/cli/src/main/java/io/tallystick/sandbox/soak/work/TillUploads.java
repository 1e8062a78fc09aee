package io.tallystick.sandbox.soak.work;

import static io.tallystick.sandbox.soak.told.Line.UNKNOWN;

import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.sandbox.soak.plan.Intent;
import io.tallystick.sandbox.soak.told.Line.What;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sdk.terminal.RefusedException;
import io.tallystick.sdk.terminal.UnreachableException;
import io.tallystick.sdk.terminal.platform.TapUploader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Halves from tills: by the SDK in the order they were made, or raw, shuffled and repeated.
final class TillUploads {
  private final ToldJournal journal;

  TillUploads(ToldJournal journal) {
    this.journal = journal;
  }

  /// As the plan says.
  void upload(int step, Till till, Intent.UploadTill how) throws InterruptedException {
    if (how.shuffled() || how.repeated() > 0) {
      raw(step, till, how);
    } else {
      bySdk(step, till);
    }
  }

  /// Everything that waits; tells whether nothing waits any more.
  boolean bySdk(int step, Till till) {
    List<TapHalf> halves = till.terminal().journal().waiting();
    halves.forEach(half -> asks(step, half));
    try {
      for (TapUploader.Result result : till.terminal().uploader(till.platform()).upload()) {
        switch (result) {
          case TapUploader.Result.Accepted accepted ->
              told(
                  step,
                  accepted.serial().toString(),
                  accepted.duplicate() ? "duplicate" : "accepted");
          case TapUploader.Result.Conflict conflict ->
              told(step, conflict.serial().toString(), "conflict");
          case TapUploader.Result.Refused refused ->
              told(step, refused.serial().toString(), "refused:" + refused.reason());
        }
      }
    } catch (UnreachableException | RefusedException e) {
      // Some may have been answered: those have left the terminal's journal.
      noteAnswered(step, till, halves);
    }
    return till.terminal().journal().waiting().isEmpty();
  }

  private void noteAnswered(int step, Till till, List<TapHalf> sent) {
    List<TapHalf> still = till.terminal().journal().waiting();
    for (TapHalf half : sent) {
      told(step, half.serial().toString(), still.contains(half) ? UNKNOWN : "answered");
    }
  }

  private void raw(int step, Till till, Intent.UploadTill how) throws InterruptedException {
    Random random = new Random(step);
    List<TapHalf> halves = new ArrayList<>(till.terminal().journal().waiting());
    List<TapHalf> old = till.taken();
    for (int i = 0; i < how.repeated() && !old.isEmpty(); i++) {
      halves.add(old.get(random.nextInt(old.size())));
    }
    if (how.shuffled()) {
      Collections.shuffle(halves, random);
    }
    send(step, till, halves);
  }

  /// Every half the till ever took once more, the newest first.
  void everythingAgain(int step, Till till) throws InterruptedException {
    send(step, till, till.taken().reversed());
  }

  private void send(int step, Till till, List<TapHalf> halves) throws InterruptedException {
    if (halves.isEmpty()) {
      return;
    }
    halves.forEach(half -> asks(step, half));
    RawUpload.send(till.rawChannel(), halves, (half, answer) -> answered(step, till, half, answer));
  }

  private void answered(int step, Till till, TapHalf half, SubmitTapsResponse answer) {
    String outcome =
        switch (answer.getResultCase()) {
          case ACCEPTED -> answer.getAccepted().getDuplicate() ? "duplicate" : "accepted";
          case CONFLICT -> "conflict";
          case REFUSED -> "refused:" + answer.getRefused().getReason();
          case RESULT_NOT_SET -> UNKNOWN;
        };
    told(step, half.serial().toString(), outcome);
    if (!outcome.equals(UNKNOWN)) {
      till.terminal().journal().done(half.serial());
    }
  }

  private void asks(int step, TapHalf half) {
    journal.asks(step, What.HALF, half.serial().toString(), "side", "terminal");
  }

  private void told(int step, String serial, String outcome) {
    journal.told(step, What.HALF, serial, "side", "terminal", "outcome", outcome);
  }
}
