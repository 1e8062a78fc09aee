package io.tallystick.seed.device;

import io.tallystick.protocol.model.AccountNumber;
import java.security.SecureRandom;

/// Makes payment account numbers, field 4 of the authorisation: a configured prefix, random digits,
/// and a check digit (ISO/IEC 7812-1, annex B), sixteen in all. Nothing of the payer can be read
/// from one.
final class AccountNumbers {
  private final String prefix;
  private final SecureRandom random;

  /// @param prefix 0 to 8 digits
  AccountNumbers(String prefix, SecureRandom random) {
    if (!prefix.matches("[0-9]{0,8}")) {
      throw new IllegalArgumentException("account number prefix is not 0 to 8 digits: " + prefix);
    }
    this.prefix = prefix;
    this.random = random;
  }

  AccountNumber generate() {
    StringBuilder digits = new StringBuilder(prefix);
    while (digits.length() < AccountNumber.LENGTH - 1) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return AccountNumber.of(digits.append(checkDigit(digits)).toString());
  }

  static int checkDigit(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? 2 * digit : digit;
      sum += weighted / 10 + weighted % 10;
    }
    return (10 - sum % 10) % 10;
  }
}
