package io.tallystick.sdk.terminal.platform;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import java.time.Duration;
import java.util.List;

/**
 * Uploads waiting halves. A half leaves the journal when the platform has answered for it; after a
 * broken connection the rest is sent again, and what had arrived comes back as a duplicate.
 */
public final class TapUploader {
  /** Longest silence of the platform in the middle of an upload. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final TerminalJournal journal;
  private final VerifyConnection platform;

  /**
   * @param journal with the halves
   * @param platform to upload to
   */
  public TapUploader(TerminalJournal journal, VerifyConnection platform) {
    this.journal = requireNonNull(journal, "journal is null");
    this.platform = requireNonNull(platform, "platform is null");
  }

  /** What the platform said of one half. */
  public sealed interface Result {
    TokenSerial serial();

    /** Durable there. */
    record Accepted(TokenSerial serial, String paymentId, boolean duplicate) implements Result {}

    /** Another token with this serial came first; this one pays nothing. */
    record Conflict(TokenSerial serial, String evidenceId) implements Result {}

    /** Never to be taken. */
    record Refused(TokenSerial serial, String reason, String explanation) implements Result {}
  }

  /**
   * Uploads everything that waits.
   *
   * @return one result for each half, in the order of the answers
   * @throws io.tallystick.sdk.terminal.UnreachableException when the connection broke; what was
   *     answered is done, the rest still waits
   */
  public List<Result> upload() {
    List<TapHalf> halves = journal.waiting();
    if (halves.isEmpty()) {
      return List.of();
    }
    UploadStream stream = new UploadStream(halves, result -> journal.done(result.serial()));
    platform.streaming().submitTaps(stream);
    return stream.await(SILENCE);
  }
}
