package io.tallystick.sandbox.story;

import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.soak.fault.Links;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// The whole story.
public final class Story {
  /// How long a payer of the story has to answer a challenge.
  private static final String CHALLENGE_VALIDITY = "PT20S";

  private Story() {}

  /// What the services are told for a story's sake: challenges that end while one watches, webhooks
  /// to this machine.
  public static Map<ServiceName, Map<String, String>> settings() {
    return Map.of(
        ServiceName.NOTIFY,
        Map.of(
            "tallystick.notify.challenge.validity",
            CHALLENGE_VALIDITY,
            "tallystick.notify.webhook.allow-local",
            "true"));
  }

  /// The links that the story breaks; the platform is started with them.
  public static Links links() {
    return Links.only("verify>clearing");
  }

  /// Tells it on a running platform that was started with [#settings()] and [#links()].
  ///
  /// @return whether every step did what it says
  /// @throws IOException when the cast can't be gathered
  public static boolean tell(Platform platform, Links links, Path folder, Narrator narrator)
      throws IOException {
    FreezeChapter freeze = new FreezeChapter();
    List<Chapter> chapters =
        List.of(
            new EnrolmentChapter(),
            new CodeChapter(),
            new TapChapter(),
            freeze,
            new RiskChapter(),
            new DoubleSpendChapter(),
            new FaultChapter(platform, links),
            freeze.timeIsUp(),
            new SettlementChapter(ZoneId.of("Asia/Shanghai")));
    try (Cast cast = Cast.gather(Stage.on(platform.description(), folder), narrator)) {
      for (Chapter chapter : chapters) {
        narrator.chapter(chapter.title());
        chapter.play(cast);
      }
    }
    return narrator.allDone();
  }
}
