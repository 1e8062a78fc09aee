/// The story that `tally demo` tells: people and terminals that use the wallet and terminal SDKs
/// against the running platform, through public interfaces only.
///
/// A [Chapter] plays steps; a [Narrator] prints each as it happens and remembers whether it did
/// what it says. A step that fails fails the story, and the rest is still told.
@NullMarked
package io.tallystick.sandbox.story;

import org.jspecify.annotations.NullMarked;
