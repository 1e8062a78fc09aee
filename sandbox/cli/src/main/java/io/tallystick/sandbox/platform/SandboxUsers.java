package io.tallystick.sandbox.platform;

import io.tallystick.sandbox.base.DevOidc.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// Who may log in at the sandbox's OIDC issuer. The roles are there from the start; anyone else is
/// registered at the first login: `staff-<merchant>` as that merchant's staff, every other name as
/// a payer of that id with a verified telephone number of its own.
public final class SandboxUsers {
  /// The password of the users that are there from the start.
  public static final String PASSWORD = "sandbox";

  private static final String STAFF = "staff-";
  private static final long NUMBERS = 10_000_000_000L;

  private SandboxUsers() {}

  static List<User> initial() {
    return List.of(
        User.withRoles("operator", PASSWORD, "operator"),
        User.withRoles("risk-officer", PASSWORD, "risk-officer"),
        User.withRoles("second-risk-officer", PASSWORD, "risk-officer"),
        User.withRoles("auditor", PASSWORD, "auditor"));
  }

  static User register(String name, String password) {
    if (name.startsWith(STAFF) && name.length() > STAFF.length()) {
      return User.merchant(name, password, name.substring(STAFF.length()));
    }
    return User.payer(name, password, name).withPhoneNumber(phoneNumber(name));
  }

  /// The telephone number of a payer: always the same for a name, hardly ever the same for two.
  public static String phoneNumber(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      long number = Math.floorMod(ByteBuffer.wrap(digest).getLong(), NUMBERS);
      return "+861%010d".formatted(number);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
