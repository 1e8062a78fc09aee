package io.tallystick.sdk.wallet.client;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.code.OnlineCodeSource;
import io.tallystick.sdk.wallet.code.PaymentCodes;
import io.tallystick.sdk.wallet.http.EventStream;
import io.tallystick.sdk.wallet.http.RestClient;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.util.List;
import java.util.Optional;

/**
 * What notify-service told the payer. The wallet remembers how far it has read; a result of a code
 * payment that it reads for the first time takes the code on the screen away.
 */
public final class Inbox {
  private static final int PAGE = 100;

  private final Wallet wallet;
  private final RestClient notifyService;

  Inbox(Wallet wallet, RestClient notifyService) {
    this.wallet = wallet;
    this.notifyService = notifyService;
  }

  /**
   * The newest items, newest first.
   *
   * @param limit 1 to 100
   */
  public List<InboxItem> newest(int limit) {
    if (limit < 1 || limit > PAGE) {
      throw new IllegalArgumentException("limit is not from 1 to 100: " + limit);
    }
    List<InboxItem> items =
        Members.of(notifyService.get("/v1/inbox?limit=" + limit)).list("items", InboxItem::read);
    items.stream().mapToLong(InboxItem::id).max().ifPresent(last -> note(items, last));
    return items;
  }

  /** Every item after the last one this wallet has read, as it comes, until closed. */
  public Follow follow() {
    return follow(wallet.state().inboxSeen());
  }

  /**
   * Every item after this one.
   *
   * @param afterId 0 for all
   */
  public Follow follow(long afterId) {
    return new Follow(notifyService.events("/v1/inbox/stream", Long.toString(afterId)));
  }

  /** Items as they come. */
  public final class Follow implements AutoCloseable {
    private final EventStream events;

    private Follow(EventStream events) {
      this.events = events;
    }

    /**
     * Waits for the next item.
     *
     * @return empty when the stream has ended: follow again with a fresh token
     * @throws UnreachableException when the connection broke: follow again
     */
    public Optional<InboxItem> next() {
      Optional<EventStream.Event> event = events.next();
      while (event.isPresent() && !event.get().type().equals("item")) {
        event = events.next();
      }
      return event.map(found -> {
        InboxItem item = parse(found.data());
        note(List.of(item), item.id());
        return item;
      });
    }

    @Override
    public void close() {
      events.close();
    }
  }

  private void note(List<InboxItem> items, long last) {
    long seen = wallet.state().inboxSeen();
    if (items.stream().anyMatch(item -> item.id() > seen && item.isOfCodePayment())) {
      PaymentCodes.of(wallet, OnlineCodeSource.OFFLINE).paymentResultArrived();
    }
    wallet.update(
        state -> new Change<>(state.withInboxSeen(Math.max(last, state.inboxSeen())), true));
  }

  private static InboxItem parse(String data) {
    try {
      return InboxItem.read(Members.of(JsonParser.parseString(data)));
    } catch (JsonParseException malformed) {
      throw new UnreachableException("an inbox event is not JSON", malformed);
    }
  }
}
