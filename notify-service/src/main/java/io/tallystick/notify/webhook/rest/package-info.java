/// Webhooks and their delivery log over REST.
@NullMarked
package io.tallystick.notify.webhook.rest;

import org.jspecify.annotations.NullMarked;
