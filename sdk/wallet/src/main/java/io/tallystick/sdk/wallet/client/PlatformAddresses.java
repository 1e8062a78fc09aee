package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * Base addresses of the services a wallet calls, without a trailing slash.
 *
 * @param seedService devices, codes
 * @param verifyService uploads of halves
 * @param clearingService bills and balances
 * @param notifyService inbox and challenges
 */
public record PlatformAddresses(
    URI seedService, URI verifyService, URI clearingService, URI notifyService) {
  public PlatformAddresses {
    requireNonNull(seedService, "seedService is null");
    requireNonNull(verifyService, "verifyService is null");
    requireNonNull(clearingService, "clearingService is null");
    requireNonNull(notifyService, "notifyService is null");
  }
}
