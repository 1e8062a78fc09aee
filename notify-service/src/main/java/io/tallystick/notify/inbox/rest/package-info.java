/// Inboxes over REST and server-sent events.
@NullMarked
package io.tallystick.notify.inbox.rest;

import org.jspecify.annotations.NullMarked;
