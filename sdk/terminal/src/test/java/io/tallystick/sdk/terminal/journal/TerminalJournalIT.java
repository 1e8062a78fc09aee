package io.tallystick.sdk.terminal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TerminalIdentity;
import io.tallystick.sdk.terminal.TestPlatform;
import io.tallystick.sdk.terminal.tap.TestWallet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalJournalIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final long COMPACTED_BEYOND = 16L * 1024 * 1024;
  private static final int HEADER = 8;
  private static final int FRAME = 9;

  @TempDir Path folder;

  private final TestPlatform platform = new TestPlatform();
  private final TerminalIdentity identity = platform.identity();
  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private Path file;

  /** A journal with a pack, three taps and one of them done. */
  @BeforeEach
  void write() {
    file = folder.resolve("till.journal");
    try (Terminal terminal = Terminal.open(identity, TerminalJournal.open(file), clock)) {
      terminal.install(platform.pack(1, NOON).encode());
      TestWallet wallet = new TestWallet(platform, clock);
      for (int i = 0; i < 3; i++) {
        terminal.take(wallet.channel(), Money.of(100 + i, "CNY"));
      }
      terminal.journal().done(terminal.journal().waiting().get(0).serial());
      assertThat(terminal.journal().waiting()).hasSize(2);
    }
  }

  @Test
  void dropsATornTailWhereverItIsCutAndWritesOn() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    TapHalf half = lastHalf();
    for (int cut = HEADER; cut < whole.length; cut += 5) {
      Files.write(file, Arrays.copyOf(whole, cut));
      long sound = soundLength(whole, cut);
      try (TerminalJournal journal = TerminalJournal.open(file)) {
        assertThat(Files.size(file)).isEqualTo(sound);
        journal.keep(half);
      }
      try (TerminalJournal journal = TerminalJournal.open(file)) {
        assertThat(journal.waiting()).contains(half);
        assertThat(journal.head()).isEqualTo(half.position());
      }
    }
  }

  @Test
  void dropsATailOfZerosAndOfGarbage() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      byte[] tail = new byte[1 + random.nextInt(2_000)];
      if (i % 2 == 0) {
        random.nextBytes(tail);
      }
      byte[] torn = Arrays.copyOf(whole, whole.length + tail.length);
      System.arraycopy(tail, 0, torn, whole.length, tail.length);
      Files.write(file, torn);
      TerminalJournal.open(file).close();
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void refusesDamageBeforeTheEndAndLeavesTheFileAlone() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int lastRecord = starts(whole).get(starts(whole).size() - 1);
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      byte[] damaged = whole.clone();
      damaged[HEADER + random.nextInt(lastRecord - HEADER)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThatThrownBy(() -> TerminalJournal.open(file))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("damaged");
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }

  @Test
  void isUsedByOneAtATime() {
    try (TerminalJournal first = TerminalJournal.open(file)) {
      assertThatThrownBy(() -> TerminalJournal.open(file))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("in use");
      assertThat(first.waiting()).hasSize(2);
    }
    TerminalJournal.open(file).close();
  }

  @Test
  void isNoOtherFile() throws IOException {
    Files.writeString(file, "something else entirely");
    assertThatThrownBy(() -> TerminalJournal.open(file))
        .hasMessageContaining("no terminal journal");
  }

  @Test
  void isCompactedToWhatStillMatters() throws IOException {
    DeviceId[] denied = new DeviceId[60_000];
    for (int i = 0; i < denied.length; i++) {
      denied[i] = new DeviceId(i);
    }
    List<TapHalf> waiting;
    LogHead head;
    long written = 0;
    try (TerminalJournal journal = TerminalJournal.open(file)) {
      for (int version = 2; journal.pack().orElseThrow().content().version() < 40; version++) {
        TerminalPack pack = platform.pack(version, NOON, denied);
        journal.install(pack);
        written += pack.encode().length;
        assertThat(Files.size(file)).isLessThanOrEqualTo(COMPACTED_BEYOND);
      }
      waiting = journal.waiting();
      head = journal.head();
    }
    assertThat(written).isGreaterThan(COMPACTED_BEYOND);
    try (TerminalJournal journal = TerminalJournal.open(file)) {
      assertThat(journal.waiting()).isEqualTo(waiting);
      assertThat(journal.head()).isEqualTo(head);
      assertThat(journal.pack().orElseThrow().content().version()).isEqualTo(40);
      assertThat(journal.latestTime()).isEqualTo(NOON);
      assertThat(journal.lastCounter(waiting.get(0).token().deviceId())).contains(Counter.of(3));
    }
  }

  @Test
  void remembersTheMostRecentDevices() {
    try (TerminalJournal journal = TerminalJournal.open(file)) {
      for (int i = 0; i < 100; i++) {
        journal.noteRefused(TokenSerial.of(new DeviceId(i), Counter.of(7)), LogHead.GENESIS);
      }
      journal.noteRefused(TokenSerial.of(new DeviceId(0), Counter.of(3)), LogHead.GENESIS);
      assertThat(journal.lastCounter(new DeviceId(0)))
          .as("a counter never goes back")
          .contains(Counter.of(7));
      assertThat(journal.lastCounter(new DeviceId(99))).contains(Counter.of(7));
    }
  }

  private TapHalf lastHalf() {
    try (TerminalJournal journal = TerminalJournal.open(file)) {
      return journal.waiting().get(1);
    }
  }

  private static long soundLength(byte[] whole, int cut) {
    long sound = HEADER;
    ByteBuffer content = ByteBuffer.wrap(whole);
    for (int start : starts(whole)) {
      int end = start + FRAME + content.getInt(start);
      if (end <= cut) {
        sound = end;
      }
    }
    return sound;
  }

  private static List<Integer> starts(byte[] whole) {
    List<Integer> starts = new ArrayList<>();
    ByteBuffer content = ByteBuffer.wrap(whole);
    for (int at = HEADER; at < whole.length; at += FRAME + content.getInt(at)) {
      starts.add(at);
    }
    return starts;
  }
}
