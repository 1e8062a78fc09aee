package io.tallystick.sdk.wallet.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.sdk.wallet.WalletState;
import io.tallystick.sdk.wallet.WalletStore;
import io.tallystick.sdk.wallet.WalletStoreContract;
import io.tallystick.sdk.wallet.WalletStoreException;
import io.tallystick.sdk.wallet.WalletStoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWalletStoreIT {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("wallet.json");
  }

  @Nested
  class Plain extends WalletStoreContract {
    @Override
    protected WalletStore open() {
      return FileWalletStore.open(file());
    }
  }

  @Nested
  class Sealed extends WalletStoreContract {
    @Override
    protected WalletStore open() {
      return FileWalletStore.openSealed(file(), "correct horse".toCharArray());
    }
  }

  @Test
  void isReadableByItsOwnerOnly() throws IOException {
    saveEverything();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void sealedFileShowsNothingAndOpensOnlyWithItsPassphrase() throws IOException {
    WalletState saved = WalletStoreContract.everything();
    try (WalletStore store = FileWalletStore.openSealed(file(), "correct horse".toCharArray())) {
      store.save(saved);
    }
    assertThat(Files.readString(file()))
        .doesNotContain("payer-1", saved.enrolment().alias().digits(), "\"state\"");

    assertThatThrownBy(() -> load("wrong horse")).satisfies(reason(Reason.NOT_OPENED));
    try (WalletStore store = FileWalletStore.open(file())) {
      assertThatThrownBy(store::load).satisfies(reason(Reason.PASSPHRASE_NEEDED));
    }
    assertThat(load("correct horse").inboxSeen()).isEqualTo(42);
  }

  @Test
  void sealsAPlainFileFromTheNextSaveOn() throws IOException {
    saveEverything();
    try (WalletStore store = FileWalletStore.openSealed(file(), "correct horse".toCharArray())) {
      store.save(store.load().orElseThrow());
    }
    assertThat(Files.readString(file())).doesNotContain("payer-1");
  }

  @Test
  void refusesAnAlteredSealedFile() throws IOException {
    try (WalletStore store = FileWalletStore.openSealed(file(), "correct horse".toCharArray())) {
      store.save(WalletStoreContract.everything());
    }
    String text = Files.readString(file());
    int at = text.indexOf("\"sealed\":\"") + 200;
    char other = text.charAt(at) == 'A' ? 'B' : 'A';
    Files.writeString(file(), text.substring(0, at) + other + text.substring(at + 1));

    assertThatThrownBy(() -> load("correct horse")).satisfies(reason(Reason.NOT_OPENED));
  }

  @Test
  void refusesAFileOfANewerVersionAndLeavesItAlone() throws IOException {
    String newer = "{\"format\":\"tallystick-wallet\",\"version\":2,\"state\":{}}";
    Files.writeString(file(), newer);
    try (WalletStore store = FileWalletStore.open(file())) {
      assertThatThrownBy(store::load).satisfies(reason(Reason.NEWER_VERSION));
    }
    assertThat(Files.readString(file())).isEqualTo(newer);
  }

  @Test
  void answersEveryDamageWithItsOwnException() throws IOException {
    saveEverything();
    byte[] good = Files.readAllBytes(file());
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      byte[] bad =
          random.nextBoolean()
              ? java.util.Arrays.copyOf(good, random.nextInt(good.length))
              : good.clone();
      if (bad.length == good.length) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file(), bad);
      try (WalletStore store = FileWalletStore.open(file())) {
        store.load();
      } catch (WalletStoreException refused) {
        assertThat(refused.reason()).isIn(Reason.MALFORMED, Reason.NEWER_VERSION);
      }
    }
  }

  @Test
  void aSecondStoreWaitsForTheFirst() throws Exception {
    WalletStore first = FileWalletStore.open(file());
    Thread second =
        new Thread(() -> {
          try (WalletStore store = FileWalletStore.open(file())) {
            store.save(WalletState.EMPTY.withInboxSeen(2));
          }
        });
    second.start();
    first.save(WalletState.EMPTY.withInboxSeen(1));
    assertThat(second.isAlive()).isTrue();
    first.close();
    second.join(10_000);

    try (WalletStore store = FileWalletStore.open(file())) {
      assertThat(store.load().orElseThrow().inboxSeen()).isEqualTo(2);
    }
  }

  @Test
  void aDraftLeftByACrashIsNeitherReadNorInTheWay() throws IOException {
    saveEverything();
    Files.writeString(folder.resolve("wallet.json.new"), "{\"torn");
    try (WalletStore store = FileWalletStore.open(file())) {
      assertThat(store.load().orElseThrow().inboxSeen()).isEqualTo(42);
      store.save(WalletState.EMPTY);
      assertThat(store.load()).contains(WalletState.EMPTY);
    }
  }

  private WalletState load(String passphrase) {
    try (WalletStore store = FileWalletStore.openSealed(file(), passphrase.toCharArray())) {
      return store.load().orElseThrow();
    }
  }

  private void saveEverything() {
    try (WalletStore store = FileWalletStore.open(file())) {
      store.save(WalletStoreContract.everything());
    }
  }

  private static java.util.function.Consumer<Throwable> reason(Reason reason) {
    return thrown -> assertThat(((WalletStoreException) thrown).reason()).isEqualTo(reason);
  }
}
