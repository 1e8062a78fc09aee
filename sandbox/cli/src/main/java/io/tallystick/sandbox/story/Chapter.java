package io.tallystick.sandbox.story;

/// A part of the story.
interface Chapter {
  /// What it is about.
  String title();

  /// Plays it, step by step, through the cast's narrator.
  void play(Cast cast);
}
