package io.tallystick.sdk.wallet.http;

/**
 * Where calls get the payer's access token from: a login session, a cache, an app's own account.
 */
@FunctionalInterface
public interface BearerSource {
  /**
   * A token that is valid now; asked for before every attempt.
   *
   * @throws UnreachableException when one would have to be fetched and can't be
   */
  String bearer();
}
