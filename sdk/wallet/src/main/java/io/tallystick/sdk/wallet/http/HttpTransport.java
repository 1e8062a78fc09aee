package io.tallystick.sdk.wallet.http;

import java.io.IOException;

/** What the SDK needs of an HTTP client. Implementations are safe for use by several threads. */
public interface HttpTransport {
  /**
   * Sends a request and reads the whole response, of whatever status.
   *
   * @throws IOException when no whole response came: refused, reset, timed out, too long
   */
  HttpReply send(HttpCall call) throws IOException;

  /**
   * Sends a request and gives the body as it arrives.
   *
   * @throws IOException when no response began within the call's timeout
   */
  HttpStream open(HttpCall call) throws IOException;
}
