package io.tallystick.notify.inbox.rest;

import io.tallystick.notify.inbox.InboxItem;

/// The far end of one stream: server-sent events or a WebSocket. Each call returns when the client
/// took what was sent.
interface InboxSink extends AutoCloseable {
  /// The first thing sent.
  void begin() throws InboxSinkGoneException, InterruptedException;

  void item(InboxItem.Stored item) throws InboxSinkGoneException, InterruptedException;

  /// Nothing happened for a while.
  void heartbeat() throws InboxSinkGoneException, InterruptedException;

  boolean isOpen();

  @Override
  void close();
}
