/// Inboxes over REST, as server-sent events and over WebSocket.
@NullMarked
package io.tallystick.notify.inbox.rest;

import org.jspecify.annotations.NullMarked;
