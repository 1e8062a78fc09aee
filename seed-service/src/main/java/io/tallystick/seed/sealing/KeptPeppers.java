package io.tallystick.seed.sealing;

import io.tallystick.kit.sealing.Resealable;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/// Table `kept_pepper`: the peppers of passwords that were hashed under an old version.
@Singleton
public class KeptPeppers {
  private static final Logger LOG = Logger.getLogger(KeptPeppers.class);

  private final Vault vault;
  private final PasswordPepper pepper;
  private final Clock clock;

  KeptPeppers(Vault vault, PasswordPepper pepper, Clock clock) {
    this.vault = vault;
    this.pepper = pepper;
    this.clock = clock;
  }

  /// Which row a kept pepper is sealed for.
  public static RowIdentity row(int pepperVersion) {
    return RowIdentity.of("kept_pepper", Integer.toString(pepperVersion));
  }

  /// Takes over what any replica has kept.
  public void load(Handle handle) {
    handle
        .createQuery("select pepper_version, sealed from kept_pepper")
        .map((row, _) -> new Kept(row.getInt("pepper_version"), row.getBytes("sealed")))
        .list()
        .stream()
        .filter(kept -> !pepper.keeps(kept.version()))
        .forEach(this::keep);
  }

  /// One that does not open must not keep new keys from being read: its passwords fail alone.
  private void keep(Kept kept) {
    try {
      byte[] secret = vault.open(kept.sealed(), row(kept.version()));
      pepper.keep(kept.version(), secret);
      Arrays.fill(secret, (byte) 0);
    } catch (SealBrokenException broken) {
      LOG.errorf("the kept pepper of version %d does not open", kept.version());
    }
  }

  private record Kept(int version, byte[] sealed) {}

  /// Passwords whose pepper is not kept yet. "Sealing them anew" is keeping it: a step for each
  /// version, not for each row.
  public Resealable ofPasswords() {
    return new OfPasswords();
  }

  private final class OfPasswords implements Resealable {
    @Override
    public String what() {
      return "payment_password.phc";
    }

    @Override
    public SortedMap<Integer, Long> rowsByVersion(Handle handle, Instant now) {
      SortedMap<Integer, Long> rows = new TreeMap<>();
      handle
          .createQuery(
              """
              select substring(phc from 'keyid=([A-Za-z0-9+/]+)') as key_id, count(*) as rows
              from payment_password group by 1
              """)
          .map((row, _) -> rows.put(version(row.getString("key_id")), row.getLong("rows")))
          .list();
      handle
          .createQuery("select pepper_version from kept_pepper")
          .mapTo(Integer.class)
          .forEach(rows::remove);
      return rows;
    }

    @Override
    public Batch reseal(Handle handle, int version, List<String> after, int limit) {
      Optional<Integer> old =
          rowsByVersion(handle, clock.instant()).keySet().stream()
              .filter(used -> used != version)
              .findFirst();
      old.ifPresent(used -> keep(handle, used));
      return new Batch(old.isPresent() ? 1 : 0, 0, START, old.isPresent());
    }

    private void keep(Handle handle, int version) {
      byte[] secret = pepper.key(version);
      Sealed sealed = vault.seal(secret, row(version));
      Arrays.fill(secret, (byte) 0);
      handle
          .createUpdate(
              """
              insert into kept_pepper (pepper_version, sealed, key_version, kept_at)
              values (:version, :sealed, :keyVersion, :now) on conflict do nothing
              """)
          .bind("version", version)
          .bind("sealed", sealed.bytes())
          .bind("keyVersion", sealed.keyVersion())
          .bind("now", clock.instant())
          .execute();
    }

    /// The key id in a PHC string is the version as text in Base64.
    private static int version(String keyId) {
      return Integer.parseInt(
          new String(Base64.getDecoder().decode(keyId), StandardCharsets.US_ASCII));
    }
  }
}
