/// What each caller asked and was told, on disk: written before a call leaves and after its answer
/// came, so that nothing the platform says later can change it. The checker reads nothing else
/// about what should be true.
@NullMarked
package io.tallystick.sandbox.soak.told;

import org.jspecify.annotations.NullMarked;
