package io.tallystick.protocol.code;

import static java.util.Objects.requireNonNull;

/**
 * The prefixes by which a scanner that serves several networks finds ours. The defaults stand
 * outside the ranges that other networks route by: 10–15, 25–30, 62.
 *
 * @param offlinePrefix two digits of the codes a wallet derives
 * @param onlinePrefix two digits of the codes the server makes
 */
public record CodeNetwork(String offlinePrefix, String onlinePrefix) {
  public static final int PREFIX_LENGTH = 2;

  /** 36 for offline codes, 37 for online ones. */
  public static final CodeNetwork DEFAULT = new CodeNetwork("36", "37");

  public CodeNetwork {
    requirePrefix(offlinePrefix, "offlinePrefix");
    requirePrefix(onlinePrefix, "onlinePrefix");
    if (offlinePrefix.equals(onlinePrefix)) {
      throw new IllegalArgumentException("both prefixes are " + offlinePrefix);
    }
  }

  private static void requirePrefix(String prefix, String field) {
    requireNonNull(prefix, field + " is null");
    if (!prefix.matches("[0-9]{2}")) {
      throw new IllegalArgumentException(field + " is not two digits: " + prefix);
    }
  }
}
