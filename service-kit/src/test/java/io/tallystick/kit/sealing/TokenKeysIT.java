package io.tallystick.kit.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tallystick.kit.pkcs11.TokenException;
import io.tallystick.kit.pkcs11.TokenKeys;
import io.tallystick.kit.pkcs11.TokenSettings;
import io.tallystick.sandbox.base.SoftHsm;
import io.tallystick.sandbox.base.TokenWrapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Key-encryption keys that a real PKCS#11 token unwraps, of SoftHSM2.
class TokenKeysIT {
  private static final String PREFIX = "tallystick.seed.key-encryption";
  private static final String LABEL = "tallystick-seed";
  private static final byte[] KEY_1 = key("00112233445566778899aabbccddeeff");
  private static final byte[] KEY_2 = key("ffeeddccbbaa99887766554433221100");
  private static final Function<Set<Integer>, Set<Integer>> NOTHING_NEEDED = _ -> Set.of();

  private static SoftHsm token;
  private static SoftHsm vanishing;

  @TempDir Path folder;
  private Path file;
  private Path pin;

  @BeforeAll
  static void makeTokens() {
    assumeTrue(
        SoftHsm.isThere(), "SoftHSM2 is not installed (Debian packages softhsm2 and opensc)");
    // All of them first: the library looks for tokens once.
    token =
        SoftHsm.create("kit")
            .withKey(LABEL, "--sensitive")
            .withKey("next", "--sensitive")
            .withKey("open", "--extractable");
    vanishing = SoftHsm.create("vanishing").withKey(LABEL, "--sensitive");
  }

  @BeforeEach
  void putFiles() throws IOException {
    file = folder.resolve("keys");
    pin = Files.writeString(folder.resolve("pin"), SoftHsm.PIN + "\n");
  }

  @Test
  void unwrapsWhatTheTokenWrapped() throws Exception {
    write("1:" + wrapped(token, "seed", 1, KEY_1), "current:1");
    KeyRing ring = open(token, false);
    assertThat(ring.keys().copy()).containsOnlyKeys(1).containsEntry(1, KEY_1);

    write(
        "1:" + wrapped(token, "seed", 1, KEY_1),
        "2:" + wrapped(token, "seed", 2, KEY_2),
        "current:2");
    assertThat(ring.reload(NOTHING_NEEDED)).isTrue();
    assertThat(ring.keys().copy()).containsEntry(1, KEY_1).containsEntry(2, KEY_2);
    assertThat(ring.keys().current()).isEqualTo(2);
  }

  @Test
  void refusesAnAlteredKeyAndOneOfAnotherVersionOrService() throws Exception {
    String good = wrapped(token, "seed", 1, KEY_1);
    char last = good.charAt(good.length() - 1);
    String altered = good.substring(0, good.length() - 1) + (last == '0' ? '1' : '0');
    for (String line :
        new String[] {"1:" + altered, "2:" + good, "1:" + wrapped(token, "notify", 1, KEY_1)}) {
      write(line, "current:" + line.charAt(0));
      assertThatThrownBy(() -> open(token, false))
          .as(line)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("version " + line.charAt(0) + " does not unwrap");
    }

    write("1:" + good, "current:1");
    KeyRing ring = open(token, false);
    write("1:" + good, "2:" + good, "current:2");
    assertThat(ring.reload(NOTHING_NEEDED)).isFalse();
    assertThat(ring.fault()).get().asString().contains("version 2 does not unwrap");
    assertThat(ring.keys().current()).isEqualTo(1);
  }

  /// Tokens lock themselves after some wrong PINs, and a service reads its keys every ten seconds.
  @Test
  void triesARefusedPinOnceAndNeverSaysIt() throws Exception {
    String good = wrapped(token, "seed", 1, KEY_1);
    byte[] iv = HexFormat.of().parseHex(good.split(":")[1]);
    byte[] sealed = HexFormat.of().parseHex(good.split(":")[2]);
    Files.writeString(pin, "31415926");
    TokenKeys key =
        new TokenKeys(
            new TokenSettings(
                SoftHsm.LIBRARY, token.slot(), List.of(LABEL), pin, Duration.ofSeconds(5)));
    assertThatThrownBy(() -> key.decrypt(iv, sealed, KeyUnwrapping.boundTo(PREFIX, 1)))
        .isInstanceOf(TokenException.class)
        .hasMessageContaining("CKR_PIN_INCORRECT")
        .hasMessageNotContaining("31415926");
    assertThatThrownBy(() -> key.decrypt(iv, sealed, KeyUnwrapping.boundTo(PREFIX, 1)))
        .hasMessageContaining("not tried again until the file is changed");
    Files.writeString(pin, SoftHsm.PIN);
    assertThat(key.decrypt(iv, sealed, KeyUnwrapping.boundTo(PREFIX, 1)))
        .hasValueSatisfying(value -> assertThat(value).isEqualTo(KEY_1));
  }

  @Test
  void doesNotStartWithoutTokenKeyOrPin() throws Exception {
    write("1:" + wrapped(token, "seed", 1, KEY_1), "current:1");
    assertRefused(
        Source.Token.of(SoftHsm.LIBRARY, 4711, List.of(LABEL), pin), "no token in slot 4711");
    assertRefused(
        Source.Token.of(folder.resolve("none.so"), token.slot(), List.of(LABEL), pin),
        "does not exist");
    assertRefused(
        Source.Token.of(SoftHsm.LIBRARY, token.slot(), List.of("another"), pin),
        "labelled another");
    assertRefused(
        Source.Token.of(SoftHsm.LIBRARY, token.slot(), List.of(LABEL), folder.resolve("none")),
        "PIN can't be read");
  }

  /// Else the token protects nothing that a copy of its key would not give away.
  @Test
  void refusesAKeyThatCanBeReadOutOfTheToken() throws Exception {
    write(
        "1:" + new TokenWrapping(SoftHsm.LIBRARY, token.slot(), "open", pin).wrap("seed", 1, KEY_1),
        "current:1");
    assertRefused(
        Source.Token.of(SoftHsm.LIBRARY, token.slot(), List.of("open"), pin),
        "can be read out of it");
  }

  @Test
  void keepsWhatItHasWhenTheTokenGoesAway() throws Exception {
    write("1:" + wrapped(vanishing, "seed", 1, KEY_1), "current:1");
    KeyRing ring = open(vanishing, false);
    Files.move(vanishing.folder(), folder.resolve("away"));
    assertThat(ring.reload(NOTHING_NEEDED)).isFalse();
    assertThat(ring.fault()).get().asString().contains("token");
    assertThat(ring.keys().copy()).containsEntry(1, KEY_1);
    assertThat(ring.learn(2)).isFalse();
  }

  /// After a failure the session is given up, and the next reading logs in anew.
  @Test
  void goesOnWhenItCanLogInAgain() throws Exception {
    write("1:" + wrapped(token, "seed", 1, KEY_1), "current:1");
    KeyRing ring = open(token, false);
    Path away = Files.move(pin, folder.resolve("away"));
    ring.reload(NOTHING_NEEDED);
    assertThat(ring.fault()).get().asString().contains("PIN can't be read");
    assertThat(ring.keys().copy()).containsEntry(1, KEY_1);

    Files.move(away, pin);
    ring.reload(NOTHING_NEEDED);
    assertThat(ring.fault()).isEmpty();
  }

  @Test
  void takesKeysOfTwoWrappingKeysWhileOneFollowsTheOther() throws Exception {
    String next =
        new TokenWrapping(SoftHsm.LIBRARY, token.slot(), "next", pin).wrap("seed", 2, KEY_2);
    write("1:" + wrapped(token, "seed", 1, KEY_1), "2:" + next, "current:2");
    KeyRing ring =
        KeyRing.open(
            PREFIX,
            new Source(
                OptionalInt.empty(),
                null,
                file,
                Source.Token.of(SoftHsm.LIBRARY, token.slot(), List.of("next", LABEL), pin),
                false));
    assertThat(ring.keys().copy()).containsEntry(1, KEY_1).containsEntry(2, KEY_2);
  }

  /// Whoever can write the file could otherwise put a key of their own into it.
  @Test
  void takesBareKeysBesideWrappedOnesOnlyWhileTheyAreMoved() throws Exception {
    write(
        "1:" + HexFormat.of().formatHex(KEY_1),
        "2:" + wrapped(token, "seed", 2, KEY_2),
        "current:2");
    assertThatThrownBy(() -> open(token, false))
        .hasMessageContaining("version 1 is not wrapped")
        .hasMessageNotContaining("00112233");
    KeyRing moving = open(token, true);
    assertThat(moving.keys().copy()).containsEntry(1, KEY_1).containsEntry(2, KEY_2);
    write("2:" + wrapped(token, "seed", 2, KEY_2), "current:2");
    assertThat(moving.reload(NOTHING_NEEDED)).isTrue();
    assertThat(open(token, false).keys().versions()).containsExactly(2);
  }

  @Test
  void waitsForTheTokenNoLongerThanItMay() throws Exception {
    String good = wrapped(token, "seed", 1, KEY_1);
    byte[] iv = HexFormat.of().parseHex(good.split(":")[1]);
    TokenKeys key =
        new TokenKeys(
            new TokenSettings(
                SoftHsm.LIBRARY, token.slot(), List.of(LABEL), pin, Duration.ofNanos(1)));
    // A token may be quicker than a busy machine begins to wait, but not a hundred times.
    List<String> givenUp = new ArrayList<>();
    for (int call = 0; call < 100 && givenUp.isEmpty(); call++) {
      try {
        assertThat(key.decrypt(iv, new byte[32], new byte[0])).isEmpty();
      } catch (TokenException late) {
        givenUp.add(String.valueOf(late.getMessage()));
      }
    }
    assertThat(givenUp).singleElement().asString().startsWith("the token did not answer within");
  }

  private void assertRefused(Source.Token settings, String says) {
    assertThatThrownBy(() ->
            KeyRing.open(PREFIX, new Source(OptionalInt.empty(), null, file, settings, false)))
        .isInstanceOf(TokenException.class)
        .hasMessageContaining(says)
        .hasMessageNotContaining(SoftHsm.PIN);
  }

  private KeyRing open(SoftHsm hsm, boolean bareKeysAllowed) {
    Source.Token settings = Source.Token.of(SoftHsm.LIBRARY, hsm.slot(), List.of(LABEL), pin);
    return KeyRing.open(
        PREFIX, new Source(OptionalInt.empty(), null, file, settings, bareKeysAllowed));
  }

  private String wrapped(SoftHsm hsm, String service, int version, byte[] key)
      throws GeneralSecurityException, IOException {
    Path right = Files.writeString(folder.resolve("right-pin"), SoftHsm.PIN);
    return new TokenWrapping(SoftHsm.LIBRARY, hsm.slot(), LABEL, right).wrap(service, version, key);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines));
  }

  private static byte[] key(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
