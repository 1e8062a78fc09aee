package io.tallystick.kit.pkcs11;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// AES keys in a PKCS#11 token, which decrypt there.
///
/// Calls into a vendor's library have no time limit and hold the thread that makes them, so one
/// thread of its own makes them all and callers wait for it as long as the settings say. While a
/// call that was given up is still under way, others are refused at once.
public final class TokenKeys {
  private final TokenSettings settings;
  private final TokenSession session;
  private final ExecutorService caller =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("pkcs11").factory());
  private Future<?> underWay = CompletableFuture.completedFuture(null);

  public TokenKeys(TokenSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
    this.session = new TokenSession(settings);
  }

  /// Decrypts with AES-GCM (`CKM_AES_GCM`), tag of 128 bits at the end.
  ///
  /// @return empty when it does not authenticate: altered, of another key or other associated data
  /// @throws TokenException when the token can't be asked
  public synchronized Optional<byte[]> decrypt(byte[] iv, byte[] sealed, byte[] associatedData) {
    if (!underWay.isDone()) {
      throw new TokenException("the token has not answered an earlier call yet");
    }
    Future<Optional<byte[]>> call =
        caller.submit(() -> session.decrypt(iv, sealed, associatedData));
    underWay = call;
    try {
      return call.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new TokenException("the token did not answer within " + settings.timeout(), late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TokenException("interrupted while the token was asked", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TokenException known) {
        throw known;
      }
      throw new TokenException("the token failed: " + failed.getCause(), failed);
    }
  }

  @Override
  public String toString() {
    return "TokenKeys[" + settings.keyLabels() + " in slot " + settings.slot() + "]";
  }
}
