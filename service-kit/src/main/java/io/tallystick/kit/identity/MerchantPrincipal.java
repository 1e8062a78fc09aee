package io.tallystick.kit.identity;

/// Someone of a merchant's staff, by an access token.
///
/// @param merchantId claim `tallystick_merchant`: acts for this merchant only
/// @param subject claim `sub`: who it is
public record MerchantPrincipal(String merchantId, String subject) {
  public MerchantPrincipal {
    if (merchantId.isBlank() || merchantId.length() > 64) {
      throw new IllegalArgumentException("merchantId has not 1 to 64 characters");
    }
  }
}
