package io.tallystick.sdk.terminal.journal;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal remembers: halves that wait for the platform, the last counter of every device,
 * the head of its log, its pack, and the latest time it has seen. Every change is on disk when its
 * method returns.
 */
public final class TerminalJournal implements AutoCloseable {
  /** Most halves that may wait; a terminal with more takes no taps until it has uploaded. */
  public static final int MAX_WAITING = 10_000;

  /** Devices whose last counter is remembered. */
  public static final int MAX_DEVICES = 50_000;

  private static final long COMPACT_BEYOND_BYTES = 16L * 1024 * 1024;

  private static final byte TAP = 1;
  private static final byte DONE = 2;
  private static final byte PACK = 3;
  private static final byte HEAD = 4;
  private static final byte COUNTER = 5;
  private static final byte TIME = 6;

  private final Path file;
  private RecordFile records;
  private final Map<TokenSerial, TapHalf> waiting = new LinkedHashMap<>();
  private final Map<DeviceId, Counter> counters = new LinkedHashMap<>();
  private LogHead head = LogHead.GENESIS;
  private @Nullable TerminalPack pack;
  private Instant latestTime = Instant.EPOCH;
  private long compactedBytes;

  private TerminalJournal(Path file) {
    this.file = requireNonNull(file, "file is null");
    this.records = RecordFile.open(file, this::replay);
  }

  /**
   * Opens a journal, or makes an empty one.
   *
   * @throws JournalException when it is in use elsewhere or damaged
   */
  public static TerminalJournal open(Path file) {
    TerminalJournal journal = new TerminalJournal(file);
    try {
      journal.compactIfLarge();
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
    return journal;
  }

  /** Keeps an accepted tap. */
  public synchronized void keep(TapHalf half) {
    records.append(TAP, half.encode());
    applyTap(half);
  }

  /**
   * Notes that a token was refused after it was signed: its counter is spent, its place in the log
   * taken.
   */
  public synchronized void noteRefused(TokenSerial serial, LogHead headAfter) {
    records.append(COUNTER, serial.bytes());
    records.append(HEAD, headAfter.bytes());
    applyCounter(serial);
    head = headAfter;
  }

  /** Forgets a half that the platform has answered for. */
  public synchronized void done(TokenSerial serial) {
    if (waiting.containsKey(serial)) {
      records.append(DONE, serial.bytes());
      waiting.remove(serial);
    }
  }

  /** Replaces the pack. */
  public synchronized void install(TerminalPack next) {
    records.append(PACK, next.encode());
    pack = next;
    noteTime(next.content().serverTime());
    compactIfLarge();
  }

  /** Notes a time that has certainly been; earlier ones than the latest are nothing new. */
  public synchronized void noteTime(Instant time) {
    if (time.isAfter(latestTime)) {
      records.append(TIME, new ByteWriter().i64(time.getEpochSecond()).toByteArray());
      latestTime = time;
    }
  }

  /** Halves that wait for the platform, oldest first. */
  public synchronized List<TapHalf> waiting() {
    return List.copyOf(waiting.values());
  }

  /** Whether no further tap may be taken before an upload. */
  public synchronized boolean isFull() {
    return waiting.size() >= MAX_WAITING;
  }

  /** The last counter of this device that the terminal took or refused. */
  public synchronized Optional<Counter> lastCounter(DeviceId device) {
    return Optional.ofNullable(counters.get(device));
  }

  /** The head of the terminal's log. */
  public synchronized LogHead head() {
    return head;
  }

  /** The pack in use. */
  public synchronized Optional<TerminalPack> pack() {
    return Optional.ofNullable(pack);
  }

  /** The latest time noted. */
  public synchronized Instant latestTime() {
    return latestTime;
  }

  @Override
  public synchronized void close() {
    records.close();
  }

  private void replay(byte type, byte[] payload) {
    switch (type) {
      case TAP -> applyTap(TapHalf.parse(payload));
      case DONE -> waiting.remove(TokenSerial.read(ByteReader.of(payload), "serial"));
      case PACK -> {
        pack = TerminalPack.parse(payload);
        latestTime = later(latestTime, pack.content().serverTime());
      }
      case HEAD -> head = LogHead.read(ByteReader.of(payload), "head");
      case COUNTER -> applyCounter(TokenSerial.read(ByteReader.of(payload), "serial"));
      case TIME ->
          latestTime = later(latestTime, Instant.ofEpochSecond(ByteReader.of(payload).i64("time")));
      default -> throw new JournalException(file + " has a record of unknown type " + type);
    }
  }

  private void applyTap(TapHalf half) {
    waiting.put(half.serial(), half);
    applyCounter(half.serial());
    head = half.position();
    latestTime = later(latestTime, half.receipt().orElseThrow().statement().time());
  }

  /**
   * Keeps the most recent devices; forgetting one is harmless, because an old token answers no new
   * nonce.
   */
  private void applyCounter(TokenSerial serial) {
    Counter known = counters.remove(serial.deviceId());
    counters.put(
        serial.deviceId(),
        known != null && known.isAfter(serial.counter()) ? known : serial.counter());
    if (counters.size() > MAX_DEVICES) {
      counters.remove(counters.keySet().iterator().next());
    }
  }

  /** A large file is written anew when it has grown to twice what mattered the last time. */
  private void compactIfLarge() {
    if (records.size() > Math.max(COMPACT_BEYOND_BYTES, 2 * compactedBytes)) {
      compact();
      compactedBytes = records.size();
    }
  }

  /** Writes what still matters into a new file and puts it in the old one's place. */
  private void compact() {
    Path fresh = file.resolveSibling(file.getFileName() + ".compact");
    try {
      Files.deleteIfExists(fresh);
      writeTo(fresh);
      records.close();
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      RecordFile.flushFolderOf(file);
      records = RecordFile.open(file, (type, payload) -> {});
    } catch (IOException e) {
      throw new JournalException("can't compact " + file + ": " + e.getMessage(), e);
    }
  }

  private void writeTo(Path fresh) {
    try (RecordFile rewritten = RecordFile.open(fresh, (type, payload) -> {})) {
      for (Map.Entry<DeviceId, Counter> entry : counters.entrySet()) {
        TokenSerial last = new TokenSerial(entry.getKey(), entry.getValue());
        rewritten.appendUnflushed(COUNTER, last.bytes());
      }
      if (pack != null) {
        rewritten.appendUnflushed(PACK, pack.encode());
      }
      for (TapHalf half : waiting.values()) {
        rewritten.appendUnflushed(TAP, half.encode());
      }
      rewritten.appendUnflushed(HEAD, head.bytes());
      rewritten.appendUnflushed(
          TIME, new ByteWriter().i64(latestTime.getEpochSecond()).toByteArray());
      rewritten.flush();
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
