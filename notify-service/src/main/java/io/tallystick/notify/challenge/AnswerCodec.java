package io.tallystick.notify.challenge;

import io.tallystick.kit.database.ResponseCodec;
import java.nio.charset.StandardCharsets;

/// An answer beside its idempotency key: its name, and what it carries after a colon.
final class AnswerCodec implements ResponseCodec<Answer> {
  @Override
  public byte[] encode(Answer answer) {
    String text =
        switch (answer) {
          case Answer.Passed() -> "passed";
          case Answer.Wrong(int left) -> "wrong:" + left;
          case Answer.CodeExpired() -> "code-expired";
          case Answer.Refused(String reason) -> "refused:" + reason;
          case Answer.Failed() -> "failed";
          case Answer.Expired() -> "expired";
        };
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public Answer decode(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.US_ASCII).split(":", 2);
    return switch (parts[0]) {
      case "passed" -> new Answer.Passed();
      case "wrong" -> new Answer.Wrong(Integer.parseInt(parts[1]));
      case "code-expired" -> new Answer.CodeExpired();
      case "refused" -> new Answer.Refused(parts[1]);
      case "failed" -> new Answer.Failed();
      case "expired" -> new Answer.Expired();
      default -> throw new IllegalStateException("stored answer is unknown: " + parts[0]);
    };
  }
}
