package io.tallystick.notify.inbox;

import io.tallystick.kit.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Reads inboxes.
@ApplicationScoped
public class Inboxes {
  private final Database database;
  private final InboxStore store;

  Inboxes(Database database, InboxStore store) {
    this.database = database;
    this.store = store;
  }

  /// Items older than `before`, newest first.
  public List<InboxItem.Stored> before(String payerId, long before, int limit) {
    return database.read(handle -> store.before(handle, payerId, before, limit));
  }

  /// Items newer than `after`, oldest first.
  public List<InboxItem.Stored> after(String payerId, long after, int limit) {
    return database.read(handle -> store.after(handle, payerId, after, limit));
  }

  /// Number of the newest item, 0 when there is none.
  public long last(String payerId) {
    return database.read(handle -> store.last(handle, payerId));
  }
}
