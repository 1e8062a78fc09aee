/// What verify-service hears on streams: payments that changed, devices that were revoked.
@NullMarked
package io.tallystick.verify.stream;

import org.jspecify.annotations.NullMarked;
