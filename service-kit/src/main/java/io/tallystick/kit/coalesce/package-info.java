/// Executes requests that are in flight together as one batch.
@NullMarked
package io.tallystick.kit.coalesce;

import org.jspecify.annotations.NullMarked;
