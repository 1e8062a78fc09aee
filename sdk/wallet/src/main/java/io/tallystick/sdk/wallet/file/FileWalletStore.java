package io.tallystick.sdk.wallet.file;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.tallystick.sdk.wallet.WalletState;
import io.tallystick.sdk.wallet.WalletStore;
import io.tallystick.sdk.wallet.WalletStoreException;
import io.tallystick.sdk.wallet.WalletStoreException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a wallet in one JSON file: {@code {"format", "version", "state"}}, or with a passphrase
 * {@code {"format", "version", "seal", "sealed"}}.
 */
public final class FileWalletStore implements WalletStore {
  /** Longest file that is read. */
  public static final int MAX_LENGTH = 16 * 1024 * 1024;

  private static final String FORMAT = "tallystick-wallet";
  private static final int VERSION = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path file;
  private final FileOwnership ownership;
  private final char @Nullable [] passphrase;
  private @Nullable PassphraseSeal seal;

  private FileWalletStore(Path file, FileOwnership ownership, char @Nullable [] passphrase) {
    this.file = file;
    this.ownership = ownership;
    this.passphrase = passphrase;
  }

  /**
   * Opens a file for this process alone, without sealing. A file that is sealed stays closed.
   *
   * @throws WalletStoreException when another process keeps it for longer than ten seconds
   */
  public static FileWalletStore open(Path file) {
    return new FileWalletStore(file, FileOwnership.take(file, PATIENCE), null);
  }

  /**
   * Opens a file for this process alone and seals what is saved. A file that is not sealed yet is
   * from the next save on.
   *
   * @param passphrase copied
   */
  public static FileWalletStore openSealed(Path file, char[] passphrase) {
    requireNonNull(passphrase, "passphrase is null");
    if (passphrase.length == 0) {
      throw new IllegalArgumentException("passphrase is empty");
    }
    return new FileWalletStore(file, FileOwnership.take(file, PATIENCE), passphrase.clone());
  }

  @Override
  public synchronized Optional<WalletState> load() {
    requireOwned();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > MAX_LENGTH) {
        throw malformed("is longer than " + MAX_LENGTH + " bytes", null);
      }
      return Optional.of(WalletJson.read(state(header(Files.readAllBytes(file)))));
    } catch (IOException failed) {
      throw new WalletStoreException(
          Reason.IO, "cannot read " + file + ": " + failed.getMessage(), failed);
    } catch (JsonParseException
        | IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException
        | io.tallystick.protocol.wire.MalformedException
        | java.time.DateTimeException damaged) {
      throw malformed("is damaged", damaged);
    }
  }

  @Override
  public synchronized void save(WalletState state) {
    requireOwned();
    byte[] plaintext = WalletJson.write(state).toString().getBytes(StandardCharsets.UTF_8);
    JsonObject header = new JsonObject();
    header.addProperty("format", FORMAT);
    header.addProperty("version", VERSION);
    if (passphrase == null) {
      header.add("state", JsonParser.parseString(new String(plaintext, StandardCharsets.UTF_8)));
    } else {
      PassphraseSeal used = seal != null ? seal : PassphraseSeal.create(passphrase);
      seal = used;
      header.add("seal", used.describe());
      header.addProperty("sealed", Base64.getEncoder().encodeToString(used.seal(plaintext)));
    }
    try {
      new DurableFile(file).replace(header.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new WalletStoreException(
          Reason.IO, "cannot write " + file + ": " + failed.getMessage(), failed);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  @Override
  public synchronized void close() {
    if (passphrase != null) {
      Arrays.fill(passphrase, '\0');
    }
    if (seal != null) {
      seal.destroy();
    }
    ownership.close();
  }

  private JsonObject header(byte[] content) {
    JsonObject header =
        JsonParser.parseString(new String(content, StandardCharsets.UTF_8)).getAsJsonObject();
    if (!WalletJson.member(header, "format").getAsString().equals(FORMAT)) {
      throw malformed("is not a wallet", null);
    }
    int version = WalletJson.member(header, "version").getAsInt();
    if (version > VERSION) {
      throw new WalletStoreException(
          Reason.NEWER_VERSION, file + " has version " + version + ", this is " + VERSION);
    }
    return header;
  }

  private JsonObject state(JsonObject header) {
    JsonElement open = header.get("state");
    if (open != null) {
      return open.getAsJsonObject();
    }
    if (passphrase == null) {
      throw new WalletStoreException(Reason.PASSPHRASE_NEEDED, file + " is sealed");
    }
    PassphraseSeal described =
        PassphraseSeal.read(WalletJson.member(header, "seal").getAsJsonObject(), passphrase);
    byte[] box = Base64.getDecoder().decode(WalletJson.member(header, "sealed").getAsString());
    byte[] plaintext =
        described
            .open(box)
            .orElseThrow(() ->
                new WalletStoreException(
                    Reason.NOT_OPENED, "the passphrase does not open " + file));
    seal = described;
    return JsonParser.parseString(new String(plaintext, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private void requireOwned() {
    if (!ownership.isHeld()) {
      throw new IllegalStateException("the store is closed");
    }
  }

  private WalletStoreException malformed(String problem, @Nullable Throwable cause) {
    return new WalletStoreException(Reason.MALFORMED, file + " " + problem, cause);
  }
}
