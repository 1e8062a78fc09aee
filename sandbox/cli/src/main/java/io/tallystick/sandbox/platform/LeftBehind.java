package io.tallystick.sandbox.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Processes of a supervisor that was killed before it could stop them. Their ids are on disk with
/// their start times, so that a process of another program that got the same id is left alone.
final class LeftBehind {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Path folder;
  private final Path file;

  LeftBehind(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("processes");
  }

  /// Notes what this supervisor has started so far. PostgreSQL is no child of its own.
  void noteStarted() throws IOException {
    List<ProcessHandle> processes = new ArrayList<>(ProcessHandle.current().descendants().toList());
    postmaster().ifPresent(processes::add);
    note(processes);
  }

  private Optional<ProcessHandle> postmaster() throws IOException {
    Path pid = folder.resolve("postgres/data/postmaster.pid");
    if (!Files.exists(pid)) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()));
  }

  /// Notes the processes that must not outlive this supervisor.
  void note(List<ProcessHandle> processes) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ProcessHandle process : processes) {
      process
          .info()
          .startInstant()
          .ifPresent(start -> lines.add(process.pid() + " " + start.toEpochMilli()));
    }
    Files.write(file, lines);
  }

  /// Nothing is left to note.
  void clear() throws IOException {
    Files.deleteIfExists(file);
  }

  /// Ends what an earlier supervisor left running; returns how many processes that were.
  int end() throws IOException, InterruptedException {
    if (!Files.exists(file)) {
      return 0;
    }
    int ended = 0;
    for (String line : Files.readAllLines(file)) {
      Optional<ProcessHandle> process = stillRunning(line);
      if (process.isPresent()) {
        end(process.get());
        ended++;
      }
    }
    clear();
    return ended;
  }

  private static Optional<ProcessHandle> stillRunning(String line) {
    String[] parts = line.split(" ");
    if (parts.length != 2) {
      return Optional.empty();
    }
    try {
      Instant start = Instant.ofEpochMilli(Long.parseLong(parts[1]));
      return ProcessHandle.of(Long.parseLong(parts[0]))
          .filter(process -> process.info().startInstant().equals(Optional.of(start)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void end(ProcessHandle process) throws InterruptedException {
    process.destroy();
    try {
      process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    }
  }
}
