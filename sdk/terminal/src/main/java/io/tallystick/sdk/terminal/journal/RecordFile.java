package io.tallystick.sdk.terminal.journal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records in a file: {@code length(4) ‖ type(1) ‖ payload ‖ CRC-32C over type and payload(4)},
 * behind an eight-byte header. Held by one process at a time.
 */
final class RecordFile implements AutoCloseable {
  /** Longest payload: a terminal pack with the largest deny list. */
  static final int MAX_PAYLOAD = 8 * 1024 * 1024;

  private static final byte[] HEADER = {'T', 'S', 'J', 'O', 'U', 'R', 0, 1};
  private static final int FRAME = 4 + 1 + 4;

  private final Path file;
  private final FileChannel channel;
  private boolean broken;

  private RecordFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens or makes a file and hands over every whole record in it.
   *
   * @throws JournalException when another process holds it or it is damaged before its end
   */
  static RecordFile open(Path file, BiConsumer<Byte, byte[]> reader) {
    @Nullable FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new JournalException(file + " is in use by another process");
      }
      RecordFile records = new RecordFile(file, channel);
      records.readAll(reader);
      return records;
    } catch (OverlappingFileLockException e) {
      closeAfter(channel, e);
      throw new JournalException(file + " is in use by this process", e);
    } catch (IOException e) {
      closeAfter(channel, e);
      throw new JournalException("can't open " + file + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      closeAfter(channel, e);
      throw e;
    }
  }

  /** Appends a record and returns when it is on disk. */
  void append(byte type, byte[] payload) {
    append(type, payload, true);
  }

  /** Appends a record that is on disk after {@link #flush}: for a file that isn't in use yet. */
  void appendUnflushed(byte type, byte[] payload) {
    append(type, payload, false);
  }

  /** Returns when everything appended is on disk. */
  void flush() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw new JournalException("can't write " + file + ": " + e.getMessage(), e);
    }
  }

  private synchronized void append(byte type, byte[] payload, boolean durably) {
    if (payload.length > MAX_PAYLOAD) {
      throw new IllegalArgumentException("payload is too long: " + payload.length);
    }
    if (broken) {
      throw new JournalException(file + " could not be mended after a failed write: open it again");
    }
    try {
      long end = channel.size();
      try {
        writeFully(frame(type, payload), end);
        if (durably) {
          channel.force(true);
        }
      } catch (IOException e) {
        // A record that may be torn must not stand before a whole one.
        broken = true;
        channel.truncate(end);
        channel.force(true);
        broken = false;
        throw e;
      }
    } catch (IOException e) {
      throw new JournalException("can't write " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * A new or renamed file is there for good only when its folder is. Folders open on POSIX only.
   */
  static void flushFolderOf(Path file) throws IOException {
    Path folder = requireNonNull(file.toAbsolutePath().getParent(), "not a file");
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
        open.force(true);
      }
    }
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new JournalException("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException("can't close " + file + ": " + e.getMessage(), e);
    }
  }

  private void readAll(BiConsumer<Byte, byte[]> reader) throws IOException {
    long size = channel.size();
    if (size < HEADER.length) {
      channel.truncate(0);
      writeFully(ByteBuffer.wrap(HEADER), 0);
      channel.force(true);
      flushFolderOf(file);
      return;
    }
    if (!ByteBuffer.wrap(HEADER).equals(read(0, HEADER.length))) {
      throw new JournalException(file + " is no terminal journal");
    }
    long position = HEADER.length;
    while (position < size) {
      int length = size - position < FRAME ? -1 : read(position, 4).getInt();
      boolean whole = length >= 0 && length <= MAX_PAYLOAD && position + FRAME + length <= size;
      if (!whole || !readRecord(position, length, reader)) {
        dropTail(position, size);
        return;
      }
      position += FRAME + length;
    }
  }

  private boolean readRecord(long position, int length, BiConsumer<Byte, byte[]> reader)
      throws IOException {
    ByteBuffer body = read(position + 4, 1 + length + 4);
    byte type = body.get();
    byte[] payload = new byte[length];
    body.get(payload);
    if (body.getInt() != checksum(type, payload)) {
      return false;
    }
    reader.accept(type, payload);
    return true;
  }

  /**
   * Only the last write can be cut off, and it may have left anything: part of a record, zeros, a
   * length without what it promises. A whole record further on says that it wasn't the last: then
   * what is damaged had been durable, and dropping it would lose halves.
   */
  private void dropTail(long position, long size) throws IOException {
    for (long later = position + 1; later + FRAME <= size; later++) {
      int length = read(later, 4).getInt();
      boolean fits = length >= 0 && length <= MAX_PAYLOAD && later + FRAME + length <= size;
      if (fits && readRecord(later, length, (type, payload) -> {})) {
        throw new JournalException(file + " is damaged at byte " + position);
      }
    }
    channel.truncate(position);
    channel.force(true);
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the file became shorter");
      }
    }
    return buffer.flip();
  }

  private void writeFully(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private static ByteBuffer frame(byte type, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(FRAME + payload.length);
    frame.putInt(payload.length).put(type).put(payload).putInt(checksum(type, payload));
    return frame.flip();
  }

  private static int checksum(byte type, byte[] payload) {
    CRC32C checksum = new CRC32C();
    checksum.update(type);
    checksum.update(payload);
    return (int) checksum.getValue();
  }

  private static void closeAfter(@Nullable FileChannel channel, Exception failure) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
