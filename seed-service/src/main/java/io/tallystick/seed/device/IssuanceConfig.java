package io.tallystick.seed.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;

/// What seeds and authorisations say. Amounts are minor units of the network profile's currency.
@ConfigMapping(prefix = "tallystick.seed.issuance")
public interface IssuanceConfig {
  /// Offline allowance that enrolment and renewal ask clearing-service to hold.
  @WithDefault("20000")
  @Min(0)
  @Max(4294967295L)
  long allowanceMinor();

  /// Field 9, the largest single tap.
  @WithDefault("100000")
  @Min(0)
  @Max(16777215)
  int largestSingleAmountMinor();

  /// Field 13: taps before the wallet has to go online.
  @WithDefault("20")
  @Min(0)
  @Max(255)
  int maxTaps();

  /// Field 13, flag: whether a secure element may tap with the phone off.
  @WithDefault("false")
  boolean poweredOffAllowed();

  /// How long seed and authorisation are good; cut short where the issuer certificate ends earlier.
  @WithDefault("P30D")
  Duration validity();

  /// Field 12: how long a ride code is good, seconds.
  @WithDefault("60")
  @Min(1)
  @Max(65535)
  int codeValiditySeconds();

  /// Field 5: card account number, twenty digits, the same for every payer of this issuer.
  @WithDefault("00000000000000000000")
  @Pattern(regexp = "[0-9]{20}")
  String cardAccountNumber();

  /// Field 8: card account type.
  @WithDefault("0")
  @Min(0)
  @Max(255)
  int cardAccountType();

  /// Field 7: code platform number, 8 lower-case hexadecimal digits.
  @WithDefault("54530001")
  @Pattern(regexp = "[0-9a-f]{8}")
  String platformNumber();

  /// First digits of every payment account number (field 4), 0 to 8 of them.
  @WithDefault("8")
  @Pattern(regexp = "[0-9]{0,8}")
  String accountNumberPrefix();
}
