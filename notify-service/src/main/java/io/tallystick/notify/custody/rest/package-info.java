/// The operator's interface to key-encryption keys.
@NullMarked
package io.tallystick.notify.custody.rest;

import org.jspecify.annotations.NullMarked;
