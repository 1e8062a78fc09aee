package io.tallystick.sdk.wallet.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;

/**
 * A response whose body goes on for as long as both sides want. Closing it ends the exchange, also
 * from another thread.
 *
 * @param status 100 to 599
 * @param body read as it arrives
 */
public record HttpStream(int status, InputStream body) implements AutoCloseable {
  public HttpStream {
    requireNonNull(body, "body is null");
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
