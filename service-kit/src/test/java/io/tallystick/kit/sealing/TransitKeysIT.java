package io.tallystick.kit.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.kit.transit.TransitException;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TransitServer;
import io.tallystick.sandbox.base.TransitWrapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Key-encryption keys that a transit engine unwraps: one that is played, with real TLS and the
/// real cipher. What it answers when something is wrong: `TransitFaultsIT`.
class TransitKeysIT {
  private static final String PREFIX = "tallystick.seed.key-encryption";
  private static final String KEY = "tallystick-seed";
  private static final byte[] KEY_1 = key("00112233445566778899aabbccddeeff");
  private static final byte[] KEY_2 = key("ffeeddccbbaa99887766554433221100");
  private static final Function<Set<Integer>, Set<Integer>> NOTHING_NEEDED = _ -> Set.of();

  @TempDir Path folder;
  private TransitServer server;
  private Path file;
  private Path token;

  @BeforeEach
  void start() throws IOException {
    server = TransitServer.start(folder.resolve("ca")).withKey(KEY).withKey("another");
    file = folder.resolve("keys");
    token = Files.writeString(folder.resolve("token"), TransitServer.TOKEN + "\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void unwrapsWhatTheEngineWrapped() throws Exception {
    String first = "1:" + wrapped("seed", 1, KEY_1);
    write(first, "current:1");
    KeyRing ring = open();
    assertThat(ring.keys().copy()).containsOnlyKeys(1).containsEntry(1, KEY_1);

    write(first, "2:" + wrapped("seed", 2, KEY_2), "current:2");
    assertThat(ring.reload(NOTHING_NEEDED)).isTrue();
    assertThat(ring.keys().copy()).containsEntry(1, KEY_1).containsEntry(2, KEY_2);
    assertThat(ring.keys().current()).isEqualTo(2);
  }

  @Test
  void refusesAnAlteredKeyAndOneOfAnotherVersionServiceOrKey() throws Exception {
    String good = wrapped("seed", 1, KEY_1);
    int middle = good.length() - 20;
    String altered =
        good.substring(0, middle)
            + (good.charAt(middle) == 'A' ? 'B' : 'A')
            + good.substring(middle + 1);
    String anothers = wrapping("another").wrap("seed", 1, KEY_1);
    for (String line :
        new String[] {
          "1:" + altered, "2:" + good, "1:" + wrapped("notify", 1, KEY_1), "1:" + anothers
        }) {
      write(line, "current:" + line.charAt(0));
      assertThatThrownBy(this::open)
          .as(line)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("version " + line.charAt(0) + " does not unwrap");
    }

    write("1:" + good, "current:1");
    KeyRing ring = open();
    write("1:" + good, "2:" + good, "current:2");
    assertThat(ring.reload(NOTHING_NEEDED)).isFalse();
    assertThat(ring.fault()).get().asString().contains("version 2 does not unwrap");
    assertThat(ring.keys().current()).isEqualTo(1);
  }

  /// Vault before 1.13; whoever can write the file could otherwise put versions in each other's
  /// place.
  @Test
  void refusesAnEngineThatDoesNotBind() throws Exception {
    server.beOld();
    write("1:" + wrapped("seed", 1, KEY_1), "current:1");
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ignores associated data");
  }

  /// The engine unwraps whatever it wrapped: of a wrong length, nothing could be sealed with it.
  @Test
  void refusesAKeyThatIsNoKey() throws Exception {
    for (int length : new int[] {15, 17, 32}) {
      write("1:" + wrapped("seed", 1, new byte[length]), "current:1");
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("version 1 unwraps to " + length + " bytes and not to 16");
    }
  }

  /// The configuration is read every ten seconds by every replica.
  @Test
  void asksOnceForAKeyThatStaysAndAgainForOneThatCameBack() throws Exception {
    String first = "1:" + wrapped("seed", 1, KEY_1);
    String second = "2:" + wrapped("seed", 2, KEY_2);
    write(first, second, "current:1");
    int before = server.calls();
    KeyRing ring = open();
    for (int reload = 0; reload < 3; reload++) {
      ring.reload(NOTHING_NEEDED);
    }
    assertThat(server.calls() - before).as("for two keys, and whether it binds").isEqualTo(3);

    write(first, "current:1");
    ring.reload(NOTHING_NEEDED);
    write(first, second, "current:1");
    ring.reload(NOTHING_NEEDED);
    assertThat(server.calls() - before).as("not kept beyond its time").isEqualTo(4);
    assertThat(ring.keys().copy()).containsEntry(1, KEY_1).containsEntry(2, KEY_2);
  }

  /// What it remembers is the text under a version, not the version.
  @Test
  void asksForAnotherTextUnderTheSameVersion() throws Exception {
    write("1:" + wrapped("seed", 1, KEY_1), "current:1");
    KeyRing ring = open();
    write("1:" + wrapped("seed", 1, KEY_2), "current:1");
    assertThat(ring.reload(NOTHING_NEEDED)).isFalse();
    assertThat(ring.fault()).get().asString().contains("has another key");

    write("1:" + wrapped("seed", 1, KEY_1), "current:1");
    ring.reload(NOTHING_NEEDED);
    assertThat(ring.fault()).as("wrapped anew").isEmpty();
  }

  @Test
  void keepsWhatItHasWhenTheEngineIsSealed() throws Exception {
    String first = "1:" + wrapped("seed", 1, KEY_1);
    String second = "2:" + wrapped("seed", 2, KEY_2);
    write(first, "current:1");
    KeyRing ring = open();
    server.answerWith(exchange -> TransitServer.refuse(exchange, 503, "Vault is sealed"));
    ring.reload(NOTHING_NEEDED);
    assertThat(ring.fault()).as("nothing new to ask for").isEmpty();

    write(first, second, "current:2");
    assertThat(ring.reload(NOTHING_NEEDED)).isFalse();
    assertThat(ring.fault()).get().asString().contains("503", "Vault is sealed");
    assertThat(ring.keys().copy()).containsOnlyKeys(1).containsEntry(1, KEY_1);
    assertThatThrownBy(this::open).as("none starts").isInstanceOf(TransitException.class);

    server.answerWith(null);
    assertThat(ring.reload(NOTHING_NEEDED)).isTrue();
    assertThat(ring.fault()).isEmpty();
    assertThat(ring.keys().copy()).containsEntry(2, KEY_2);
  }

  /// An agent replaces it before it ends.
  @Test
  void readsTheTokenEachTimeItAsks() throws Exception {
    String first = "1:" + wrapped("seed", 1, KEY_1);
    String second = "2:" + wrapped("seed", 2, KEY_2);
    write(first, "current:1");
    KeyRing ring = open();
    server.revoke(TransitServer.TOKEN);
    write(first, second, "current:2");
    ring.reload(NOTHING_NEEDED);
    assertThat(ring.fault()).get().asString().contains("403", "update on transit/decrypt/" + KEY);

    server.allow("hvs.thenext", "decrypt");
    Files.writeString(token, "hvs.thenext");
    assertThat(ring.reload(NOTHING_NEEDED)).isTrue();
    assertThat(ring.keys().copy()).containsEntry(2, KEY_2);
  }

  /// Whoever can write the file could otherwise put a key of their own into it.
  @Test
  void takesBareKeysBesideWrappedOnesOnlyWhileTheyAreMoved() throws Exception {
    String second = "2:" + wrapped("seed", 2, KEY_2);
    write("1:" + HexFormat.of().formatHex(KEY_1), second, "current:2");
    assertThatThrownBy(this::open)
        .hasMessageContaining("version 1 is not wrapped")
        .hasMessageNotContaining("00112233");
    KeyRing moving = open(settings(), true);
    assertThat(moving.keys().copy()).containsEntry(1, KEY_1).containsEntry(2, KEY_2);
    write(second, "current:2");
    assertThat(moving.reload(NOTHING_NEEDED)).isTrue();
    assertThat(open().keys().versions()).containsExactly(2);
  }

  @Test
  void opensWhatAnEarlierVersionOfTheWrappingKeyWrapped() throws Exception {
    String first = "1:" + wrapped("seed", 1, KEY_1);
    server.key(KEY).rotate();
    String second = "2:" + wrapped("seed", 2, KEY_2);
    assertThat(second).startsWith("2:vault:v2:");
    write(first, second, "current:2");
    assertThat(open().keys().copy()).containsEntry(1, KEY_1).containsEntry(2, KEY_2);

    server.key(KEY).decryptFrom(2);
    assertThatThrownBy(this::open)
        .isInstanceOf(TransitException.class)
        .hasMessageContaining("400", "too old");
    write(second, "current:2");
    assertThat(open().keys().versions()).containsExactly(2);
  }

  @Test
  void asksInItsNamespace() throws Exception {
    String first = "1:" + wrapped("seed", 1, KEY_1);
    write(first, "current:1");
    server.moveTo("team/payments");
    assertThatThrownBy(this::open).hasMessageContaining("404", "mounted at transit");
    assertThat(open(settings().withNamespace("team/payments"), false).keys().copy())
        .containsEntry(1, KEY_1);
  }

  @Test
  void asksAnAgentOnThisHostWithoutTlsAndToken() throws Exception {
    try (TransitServer agent = TransitServer.startAgent().withKey(KEY)) {
      write(
          "1:"
              + new TransitWrapping(agent.address(), "transit", KEY, null, null, null)
                  .wrap("seed", 1, KEY_1),
          "current:1");
      Source.Engine settings = Source.Engine.of(agent.address().toString(), KEY);
      assertThat(open(settings, false).keys().copy()).containsEntry(1, KEY_1);
    }
  }

  @Test
  void trustsTheAuthorityThatIsNamedAndNoOther() throws Exception {
    write("1:" + wrapped("seed", 1, KEY_1), "current:1");
    int before = server.calls();
    Path other = DevCa.open(folder.resolve("other")).certificateFile();
    for (Source.Engine settings :
        new Source.Engine[] {
          settings().withCa(other),
          Source.Engine.of(server.address().toString(), KEY).withTokenFile(token)
        }) {
      assertThatThrownBy(() -> open(settings, false))
          .isInstanceOf(TransitException.class)
          .hasMessageContaining("could not be trusted (TLS)");
    }
    assertThat(server.calls()).as("nothing was sent").isEqualTo(before);

    // Read for each call: an authority is replaced without a restart.
    Path replaced = Files.copy(other, folder.resolve("ca.pem"));
    Source.Engine settings = settings().withCa(replaced);
    assertThatThrownBy(() -> open(settings, false)).isInstanceOf(TransitException.class);
    Files.writeString(replaced, Files.readString(other) + Files.readString(server.ca()));
    assertThat(open(settings, false).keys().copy()).containsEntry(1, KEY_1);
  }

  private Source.Engine settings() {
    return Source.Engine.of(server.address().toString(), KEY)
        .withTokenFile(token)
        .withCa(server.ca());
  }

  private KeyRing open() {
    return open(settings(), false);
  }

  private KeyRing open(Source.Engine settings, boolean bareKeysAllowed) {
    return KeyRing.open(
        PREFIX,
        new Source(OptionalInt.empty(), null, file, Source.Token.NONE, settings, bareKeysAllowed));
  }

  private TransitWrapping wrapping(String key) throws IOException {
    Path right = Files.writeString(folder.resolve("right-token"), TransitServer.TOKEN);
    return new TransitWrapping(server.address(), "transit", key, right, server.ca(), null);
  }

  private String wrapped(String service, int version, byte[] key) throws Exception {
    return wrapping(KEY).wrap(service, version, key);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines));
  }

  private static byte[] key(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
