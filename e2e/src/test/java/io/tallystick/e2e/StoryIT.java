package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.story.Narrator;
import io.tallystick.sandbox.story.Shown;
import io.tallystick.sandbox.story.Story;
import org.junit.jupiter.api.Test;

/// The demo's story, step by step, on the real platform: five processes, PostgreSQL, Redis, SMPP,
/// webhooks.
class StoryIT {
  private static final int CHAPTERS = 9;

  @Test
  void everyStepDoesWhatItSays() throws Exception {
    Narrator narrator = new Narrator(System.out, false);
    Story.tell(
        RunningPlatform.get(), RunningPlatform.LINKS, RunningPlatform.folder("story"), narrator);
    assertThat(narrator.shown())
        .extracting(Shown::chapter)
        .contains(1, 2, 3, 4, 5, 6, 7, 8, CHAPTERS);
    assertThat(narrator.shown()).filteredOn(step -> !step.done()).isEmpty();
    assertThat(narrator.allDone()).isTrue();
  }
}
