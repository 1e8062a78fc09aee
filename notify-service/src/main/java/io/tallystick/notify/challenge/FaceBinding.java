package io.tallystick.notify.challenge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What an authenticator signs for a challenge: SHA-256 over
///
/// ```
/// label ‖ nonce ‖ challenge id ‖ payment id ‖ merchant id ‖ amount minor ‖ currency
/// ```
///
/// each with its length (4 bytes) before it. It is recomputed from the stored challenge when the
/// answer comes, so an answer made for another payment, amount or merchant, or for earlier options,
/// is an answer to another WebAuthn challenge.
final class FaceBinding {
  private static final String LABEL = "tallystick.notify/1 face";

  private FaceBinding() {}

  static byte[] digest(byte[] nonce, String challengeId, PaymentBinding payment) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, LABEL.getBytes(StandardCharsets.UTF_8));
    write(out, nonce);
    write(out, challengeId.getBytes(StandardCharsets.UTF_8));
    for (String part : payment.parts()) {
      write(out, part.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(out.toByteArray());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  private static void write(ByteArrayOutputStream out, byte[] part) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    out.writeBytes(part);
  }
}
