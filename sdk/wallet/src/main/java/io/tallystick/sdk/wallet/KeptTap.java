package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapToken;
import java.util.Optional;

/**
 * A tap this wallet has signed: its half of the stick.
 *
 * @param token as it was given to the terminal
 * @param receipt the terminal's signed word; absent when the phone was taken away too early
 * @param upload what the platform said
 */
public record KeptTap(TapToken token, Optional<Receipt> receipt, Upload upload) {
  /** What became of the half. */
  public sealed interface Upload {
    /** Still to be uploaded. */
    record Waiting() implements Upload {}

    /** The platform has it. */
    record Accepted(String paymentId) implements Upload {
      public Accepted {
        requireNonNull(paymentId, "paymentId is null");
      }
    }

    /** Another token with this serial came first. */
    record Conflict(String evidenceId) implements Upload {
      public Conflict {
        requireNonNull(evidenceId, "evidenceId is null");
      }
    }

    /** The platform will never take it. */
    record Refused(String reason, String explanation) implements Upload {
      public Refused {
        requireNonNull(reason, "reason is null");
        requireNonNull(explanation, "explanation is null");
      }
    }
  }

  public KeptTap {
    requireNonNull(token, "token is null");
    requireNonNull(receipt, "receipt is null");
    requireNonNull(upload, "upload is null");
  }

  /** A tap just signed. */
  public static KeptTap signed(TapToken token) {
    return new KeptTap(token, Optional.empty(), new Upload.Waiting());
  }

  public KeptTap withReceipt(Receipt given) {
    return new KeptTap(token, Optional.of(given), upload);
  }

  public KeptTap withUpload(Upload result) {
    return new KeptTap(token, receipt, result);
  }

  public TokenSerial serial() {
    return token.serial();
  }

  public boolean isWaiting() {
    return upload instanceof Upload.Waiting;
  }

  /** What is uploaded. */
  public TapHalf half() {
    return TapHalf.ofWallet(token, receipt);
  }
}
