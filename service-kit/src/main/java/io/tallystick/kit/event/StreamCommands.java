package io.tallystick.kit.event;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.impl.CommandImpl;
import io.vertx.redis.client.impl.KeyLocator;
import io.vertx.redis.client.impl.keys.BeginSearchIndex;
import io.vertx.redis.client.impl.keys.FindKeysRange;

/// Commands whose key the client doesn't know of: it stands behind a subcommand. In a cluster the
/// client would send them to any node, be told to ask another, and forget its map of slots each
/// time.
final class StreamCommands {
  static final Command XGROUP = withKeyBehindSubcommand("xgroup");
  static final Command XINFO = withKeyBehindSubcommand("xinfo");

  private static final int ARITY = -2;

  private StreamCommands() {}

  private static Command withKeyBehindSubcommand(String command) {
    KeyLocator key = new KeyLocator(false, new BeginSearchIndex(2), new FindKeysRange(0, 1, 0));
    return new CommandImpl(command, ARITY, false, false, false, key);
  }
}
