package io.tallystick.notify.custody;

import io.tallystick.kit.sealing.KeyEncryptionSource;
import io.tallystick.kit.sealing.KeyRing;
import io.tallystick.kit.sealing.Resealable;
import io.tallystick.kit.sealing.SealedColumn;
import io.tallystick.kit.sealing.SealedColumn.KeyColumn;
import io.tallystick.kit.sealing.SealedData;
import io.tallystick.kit.sealing.VersionUse;
import io.tallystick.notify.sealing.KeyEncryptionConfig;
import io.tallystick.notify.sealing.Vault;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/// Everything of notify-service that is under key-encryption keys.
@Singleton
class NotifySealedData implements SealedData {
  private static final Logger LOG = Logger.getLogger(NotifySealedData.class);
  private static final List<KeyColumn> PAYER = List.of(new KeyColumn("payer_id", "text"));
  private static final List<KeyColumn> SMS =
      List.of(new KeyColumn("payer_id", "text"), new KeyColumn("sms_id", "text"));
  private static final List<KeyColumn> MERCHANT = List.of(new KeyColumn("merchant_id", "text"));

  private final KeyEncryptionConfig config;
  private final Vault vault;
  private final List<Resealable> resealables;

  NotifySealedData(KeyEncryptionConfig config, Vault vault) {
    this.config = config;
    this.vault = vault;
    this.resealables =
        List.of(
            column("payer", PAYER, "phone_sealed", "payer.phone"),
            column("sms", SMS, "number_sealed", "sms.number"),
            column("sms", SMS, "text_sealed", "sms.text"),
            column("webhook_endpoint", MERCHANT, "secret_sealed", "webhook_endpoint.secret"),
            column(
                "webhook_endpoint", MERCHANT, "previous_secret_sealed", "webhook_endpoint.secret"));
  }

  /// @param what as the store seals it
  private SealedColumn column(String table, List<KeyColumn> key, String column, String what) {
    return SealedColumn.of(
        table, key, column, (sealed, row) -> anew(sealed, what, row.toArray(String[]::new)));
  }

  private byte[] anew(byte[] sealed, String what, String... row) {
    byte[] secret = vault.open(sealed, what, row);
    try {
      return vault.seal(secret, what, row);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public KeyRing ring() {
    return vault.ring();
  }

  @Override
  public KeyEncryptionSource source() {
    return config;
  }

  @Override
  public List<Resealable> resealables() {
    return resealables;
  }

  @Override
  public List<VersionUse> shortLived() {
    return List.of(new LiveSmsCodes());
  }

  @Override
  public void refresh(Handle handle) {
    // Nothing is kept beside the sealed values.
  }

  /// This service has no audit table; its log is what tells.
  @Override
  public void audit(Handle handle, String event, String actor, Map<String, String> facts) {
    handle.afterCommit(() -> LOG.infof("%s by %s: %s", event, actor, new TreeMap<>(facts)));
  }

  /// Codes that may still be answered, stored as a hash under the version of their sending.
  private static final class LiveSmsCodes implements VersionUse {
    @Override
    public String what() {
      return "challenge.code_hash";
    }

    @Override
    public SortedMap<Integer, Long> rowsByVersion(Handle handle, Instant now) {
      SortedMap<Integer, Long> rows = new TreeMap<>();
      handle
          .createQuery(
              """
              SELECT %s AS version, count(*) AS rows FROM challenge
              WHERE code_hash IS NOT NULL AND code_expires_at > :now
                AND state IN ('created', 'delivered')
              GROUP BY 1
              """
                  .formatted(SealedColumn.versionOf("code_hash")))
          .bind("now", now)
          .map((row, _) -> rows.put(row.getInt("version"), row.getLong("rows")))
          .list();
      return rows;
    }
  }
}
