package io.tallystick.sandbox.cli.device;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.trace.Traceparent;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Traces;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TerminalIdentity;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import io.tallystick.sdk.terminal.platform.VerifyConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Supplier;

/// What a terminal was given at setup, in the file that commands name with `--terminal`. Its
/// journal is beside it, with `.journal` behind the name.
///
/// @param identity who it is, with its receipt key
/// @param authority certificate of the CA that the platform's certificates come from, PEM
/// @param certificate the terminal's client certificate, PEM
/// @param key its private key, PEM
public record TerminalFile(
    Path file, TerminalIdentity identity, Path authority, Path certificate, Path key) {
  private static final String FORMAT = "tallystick-terminal";
  private static final int VERSION = 1;

  /// Reads a terminal's file.
  ///
  /// @throws CommandFailure when it can't be used
  public static TerminalFile read(Path file) {
    if (!Files.exists(file)) {
      throw CommandFailure.usage(
          "no terminal at " + file + "; make one with './tally terminal setup'");
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      if (!text(json, "format").equals(FORMAT) || json.get("version").getAsInt() != VERSION) {
        throw CommandFailure.usage(file + " is not a terminal of this version");
      }
      TerminalIdentity identity =
          new TerminalIdentity(
              MerchantId.parse(text(json, "merchantId")),
              TerminalId.parse(text(json, "terminalId")),
              Sm2PrivateKey.fromBytes(Base64.getDecoder().decode(text(json, "receiptKey"))),
              Sm2PublicKey.fromCompressed(Base64.getDecoder().decode(text(json, "trustedRoot"))));
      return new TerminalFile(
          file,
          identity,
          Path.of(text(json, "authority")),
          Path.of(text(json, "certificate")),
          Path.of(text(json, "key")));
    } catch (IOException
        | JsonParseException
        | MalformedException
        | IllegalStateException
        | IllegalArgumentException damaged) {
      throw CommandFailure.usage(file + " can't be read: " + damaged.getMessage());
    }
  }

  /// Writes the file, readable by its owner only; whole or not at all.
  public void write() throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("format", FORMAT);
    json.addProperty("version", VERSION);
    json.addProperty("merchantId", identity.merchant().value());
    json.addProperty("terminalId", identity.terminal().value());
    json.addProperty("receiptKey", base64(identity.receiptKey().toBytes()));
    json.addProperty("trustedRoot", base64(identity.trustedRoot().compressed()));
    json.addProperty("authority", authority.toString());
    json.addProperty("certificate", certificate.toString());
    json.addProperty("key", key.toString());
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The terminal, for this process alone.
  public Terminal open() {
    Path journal = file.resolveSibling(file.getFileName() + ".journal");
    return Terminal.open(identity, TerminalJournal.open(journal), Clock.systemUTC());
  }

  /// A connection to verify-service as this terminal.
  public VerifyConnection connect(String address) {
    return connect(address, Traces.ofEnvironment());
  }

  /// The same in given traces.
  public VerifyConnection connect(String address, Supplier<Traceparent> traces) {
    try {
      return VerifyConnection.open(address, authority, certificate, key, traces);
    } catch (IOException unusable) {
      throw CommandFailure.usage("can't use the terminal's certificate: " + unusable.getMessage());
    }
  }

  private static String text(JsonObject json, String name) {
    if (!json.has(name)) {
      throw new JsonParseException("member " + name + " is missing");
    }
    return json.get(name).getAsString();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
