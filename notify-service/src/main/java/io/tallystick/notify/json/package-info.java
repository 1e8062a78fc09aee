/// Values as they stand in the JSON of REST answers and webhooks. Called by the REST resources and
/// `webhook`.
@NullMarked
package io.tallystick.notify.json;

import org.jspecify.annotations.NullMarked;
