package io.tallystick.protocol.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.MalformedException;

/** Twenty decimal digits, told apart by their prefix. Printing one shows the prefix only. */
public sealed interface PaymentCode {
  int LENGTH = 20;

  /** The twenty digits: a bearer secret while they are valid. */
  String digits();

  /**
   * Reads what a scanner read.
   *
   * @throws MalformedException when it is not twenty decimal digits
   */
  static PaymentCode parse(String digits, CodeNetwork network) {
    requireNonNull(network, "network is null");
    if (!requireNonNull(digits, "digits is null").matches("[0-9]{20}")) {
      throw new MalformedException("payment code", "is not twenty decimal digits");
    }
    String prefix = digits.substring(0, CodeNetwork.PREFIX_LENGTH);
    if (prefix.equals(network.offlinePrefix())) {
      int aliasEnd = CodeNetwork.PREFIX_LENGTH + Alias.LENGTH;
      return new OfflineCode(
          prefix,
          new Alias(digits.substring(CodeNetwork.PREFIX_LENGTH, aliasEnd)),
          digits.substring(aliasEnd));
    }
    return prefix.equals(network.onlinePrefix()) ? new OnlineCode(digits) : new UnknownCode(digits);
  }

  /**
   * A code the wallet derived: {@code prefix(2) ‖ alias(10) ‖ password(8)}.
   *
   * @param prefix two digits
   * @param alias finds the seed
   * @param password eight digits
   */
  record OfflineCode(String prefix, Alias alias, String password) implements PaymentCode {
    public OfflineCode {
      requireNonNull(alias, "alias is null");
      if (!prefix.matches("[0-9]{2}")) {
        throw new IllegalArgumentException("prefix is not two digits: " + prefix);
      }
      if (!password.matches("[0-9]{8}")) {
        throw new IllegalArgumentException("password is not eight digits");
      }
    }

    @Override
    public String digits() {
      return prefix + alias.digits() + password;
    }

    @Override
    public String toString() {
      return "OfflineCode[" + prefix + "…]";
    }
  }

  /**
   * A code the server made; opaque to everyone else.
   *
   * @param digits the twenty digits with their prefix
   */
  record OnlineCode(String digits) implements PaymentCode {
    public OnlineCode {
      requireTwenty(digits);
    }

    @Override
    public String toString() {
      return "OnlineCode[" + digits.substring(0, CodeNetwork.PREFIX_LENGTH) + "…]";
    }
  }

  /**
   * Twenty digits of another network.
   *
   * @param digits with their prefix
   */
  record UnknownCode(String digits) implements PaymentCode {
    public UnknownCode {
      requireTwenty(digits);
    }

    /** The two digits no network of ours has. */
    public String prefix() {
      return digits.substring(0, CodeNetwork.PREFIX_LENGTH);
    }

    @Override
    public String toString() {
      return "UnknownCode[" + prefix() + "…]";
    }
  }

  private static void requireTwenty(String digits) {
    if (!digits.matches("[0-9]{20}")) {
      throw new IllegalArgumentException("payment code is not twenty decimal digits");
    }
  }
}
