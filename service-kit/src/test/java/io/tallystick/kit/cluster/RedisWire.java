package io.tallystick.kit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Sends one command to one Redis node and reads the answer: a `String`, a `Long`, a `List` of
/// these, or null. It follows no redirection, so a test learns what this very node says.
final class RedisWire {
  private RedisWire() {}

  /// @throws IOException if the node is away or answers with an error
  static Object call(RedisAccess access, int port, List<String> command) throws IOException {
    try (Socket socket = access.connect(port)) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      write(socket.getOutputStream(), List.of("AUTH", RedisAccess.PASSWORD));
      read(in);
      write(socket.getOutputStream(), command);
      return read(in);
    }
  }

  private static void write(OutputStream out, List<String> command) throws IOException {
    StringBuilder text = new StringBuilder("*" + command.size() + "\r\n");
    for (String word : command) {
      text.append('$')
          .append(word.getBytes(UTF_8).length)
          .append("\r\n")
          .append(word)
          .append("\r\n");
    }
    out.write(text.toString().getBytes(UTF_8));
    out.flush();
  }

  private static Object read(InputStream in) throws IOException {
    String line = line(in);
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '-' -> throw new IOException("Redis refuses: " + rest);
      case '$' -> bulk(in, Integer.parseInt(rest));
      case '*' -> {
        List<Object> answers = new ArrayList<>();
        for (int i = Integer.parseInt(rest); i > 0; i--) {
          answers.add(read(in));
        }
        yield answers;
      }
      default -> throw new IOException("not an answer of Redis: " + line);
    };
  }

  private static String bulk(InputStream in, int length) throws IOException {
    if (length < 0) {
      return null;
    }
    String text = new String(in.readNBytes(length), UTF_8);
    line(in);
    return text;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 1);
  }
}
