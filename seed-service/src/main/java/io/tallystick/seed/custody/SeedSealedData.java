package io.tallystick.seed.custody;

import io.tallystick.kit.sealing.KeyEncryptionSource;
import io.tallystick.kit.sealing.KeyRing;
import io.tallystick.kit.sealing.Resealable;
import io.tallystick.kit.sealing.SealedColumn;
import io.tallystick.kit.sealing.SealedColumn.KeyColumn;
import io.tallystick.kit.sealing.SealedData;
import io.tallystick.kit.sealing.VersionUse;
import io.tallystick.seed.audit.SecurityEvent;
import io.tallystick.seed.audit.SecurityEventKind;
import io.tallystick.seed.audit.postgres.PostgresAuditTrail;
import io.tallystick.seed.device.postgres.PostgresSeedStore;
import io.tallystick.seed.issuer.IssuerKeys;
import io.tallystick.seed.request.RequestConfig;
import io.tallystick.seed.sealing.KeptPeppers;
import io.tallystick.seed.sealing.KeyEncryptionConfig;
import io.tallystick.seed.sealing.RowIdentity;
import io.tallystick.seed.sealing.Vault;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Everything of seed-service that is under key-encryption keys.
@Singleton
class SeedSealedData implements SealedData {
  private final KeyEncryptionConfig config;
  private final KeyRing ring;
  private final Vault vault;
  private final KeptPeppers peppers;
  private final PostgresAuditTrail audit;
  private final List<Resealable> resealables;
  private final List<VersionUse> shortLived;

  SeedSealedData(
      KeyEncryptionConfig config,
      KeyRing ring,
      Vault vault,
      KeptPeppers peppers,
      PostgresAuditTrail audit,
      RequestConfig requests) {
    this.config = config;
    this.ring = ring;
    this.vault = vault;
    this.peppers = peppers;
    this.audit = audit;
    this.resealables =
        List.of(
            column(
                "seed",
                List.of(new KeyColumn("payer_id", "text"), new KeyColumn("seed_id", "uuid")),
                key -> PostgresSeedStore.row(key.get(0), UUID.fromString(key.get(1)))),
            column(
                "issuer_key",
                List.of(new KeyColumn("issuer_key_id", "uuid")),
                key -> IssuerKeys.row(UUID.fromString(key.getFirst()))),
            // Before the peppers that are kept are sealed anew, those of old passwords are kept.
            peppers.ofPasswords(),
            column(
                "kept_pepper",
                List.of(new KeyColumn("pepper_version", "integer")),
                key -> KeptPeppers.row(Integer.parseInt(key.getFirst()))));
    this.shortLived =
        List.of(new LiveOnlineCodes(), new RepeatableOnlineCodes(requests.replyTime()));
  }

  private SealedColumn column(
      String table, List<KeyColumn> key, Function<List<String>, RowIdentity> row) {
    return SealedColumn.of(
        table, key, "sealed", "key_version", (sealed, of) -> anew(sealed, row.apply(of)));
  }

  private byte[] anew(byte[] sealed, RowIdentity row) {
    byte[] secret = vault.open(sealed, row);
    try {
      return vault.seal(secret, row).bytes();
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public KeyRing ring() {
    return ring;
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
    return shortLived;
  }

  @Override
  public void refresh(Handle handle) {
    peppers.load(handle);
  }

  @Override
  public void audit(Handle handle, String event, String actor, Map<String, String> facts) {
    SecurityEventKind kind = SecurityEventKind.valueOf(event.toUpperCase(Locale.ROOT));
    SecurityEvent noted = SecurityEvent.ofPlatform(kind, actor);
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      noted = noted.with(fact.getKey(), fact.getValue());
    }
    audit.append(handle, noted);
  }
}
