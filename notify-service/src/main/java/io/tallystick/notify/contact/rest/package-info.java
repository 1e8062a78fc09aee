/// Contacts over REST.
@NullMarked
package io.tallystick.notify.contact.rest;

import org.jspecify.annotations.NullMarked;
