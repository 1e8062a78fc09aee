package io.tallystick.sandbox.story;

import java.time.Duration;

/// One step as the closing table lists it.
///
/// @param chapter number of the chapter
/// @param step what it says it does
/// @param done whether it did
/// @param took how long that was
public record Shown(int chapter, String step, boolean done, Duration took) {}
