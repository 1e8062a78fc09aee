package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.function.Function;

/**
 * One wallet over one store: reads its state and changes it, one change at a time, each durable
 * before it is believed. Safe for use by several threads.
 */
public final class Wallet implements AutoCloseable {
  private final WalletStore store;
  private final WalletTime time;
  private WalletState state;
  private boolean uncertain;

  private Wallet(WalletStore store, WalletTime time, WalletState state) {
    this.store = store;
    this.time = time;
    this.state = state;
  }

  /**
   * The wallet that the store holds, or a new one. Closing it closes the store.
   *
   * @throws WalletStoreException when the store can't be read
   */
  public static Wallet open(WalletStore store, WalletTime time) {
    requireNonNull(time, "time is null");
    return new Wallet(store, time, store.load().orElse(WalletState.EMPTY));
  }

  /** The durable state. */
  public synchronized WalletState state() {
    return state;
  }

  /** A change and what to tell about it. */
  public record Change<T>(WalletState next, T result) {
    public Change {
      requireNonNull(next, "next is null");
      requireNonNull(result, "result is null");
    }
  }

  /**
   * Changes the state. The result is given out only when the new state is durable. When keeping it
   * fails, the next change begins with what the store then holds, the old state or the new one.
   *
   * @param change a pure function of the present state; a state equal to the present one is not
   *     written again
   */
  public synchronized <T> T update(Function<WalletState, Change<T>> change) {
    if (uncertain) {
      state = store.load().orElse(WalletState.EMPTY);
      uncertain = false;
    }
    Change<T> wanted = change.apply(state);
    if (!wanted.next().equals(state)) {
      uncertain = true;
      store.save(wanted.next());
      state = wanted.next();
      uncertain = false;
    }
    return wanted.result();
  }

  public WalletTime time() {
    return time;
  }

  /** What time this wallet takes it to be. */
  public Instant now() {
    return time.now(state().serverTimeSeen());
  }

  @Override
  public synchronized void close() {
    store.close();
  }
}
