package io.tallystick.seed.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.seed.v1.CreateIssuerKeyResponse;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Plants secrets through the public interfaces, then looks for each of them, in every usual
/// writing, in every column of every table of the service.
@QuarkusTest
class SecretsAtRestIT extends SeedIT {
  @Inject Vault vault;

  @Test
  void noSecretStandsInTheDatabase() throws SQLException {
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    String alias = plant(secrets);

    List<String> found = new ArrayList<>();
    long cells = 0;
    try (Connection connection = inside.connect()) {
      for (List<String> table :
          inside.rows(
              "select table_name from information_schema.tables"
                  + " where table_schema = 'seed' and table_type = 'BASE TABLE'")) {
        cells += search(connection, table.getFirst(), secrets, found);
      }
    }

    assertThat(found).isEmpty();
    // The search itself works: it finds what is stored in clear.
    assertThat(cells).isGreaterThan(100);
    List<String> control = new ArrayList<>();
    try (Connection connection = inside.connect()) {
      search(connection, "alias", Map.of("alias", bytes(alias)), control);
    }
    assertThat(control).containsExactly("alias in alias.alias");
  }

  /// Returns the live alias, which is no secret.
  private String plant(Map<String, byte[]> secrets) {
    Wallet wallet = newWallet();
    wallet.usePassword("a rather long planted password");
    wallet.setPassword();
    secrets.put("password", bytes(wallet.password()));
    String key = Wallet.newKey();
    Credential enrolled =
        Credential.of(wallet.tryEnrol(key, wallet.enrolment(key, wallet.challenge())));
    secrets.put("retired seed", enrolled.seed().toBytes());
    Credential renewed = wallet.renew(enrolled.deviceId(), clock.instant());
    secrets.put("live seed", renewed.seed().toBytes());
    String codeKey = Wallet.newKey();
    String code =
        wallet
            .tryOnlineCode(
                codeKey, wallet.onlineCode(codeKey, enrolled.deviceId(), clock.instant()))
            .ok(201)
            .text("code");
    secrets.put("online code", bytes(code));
    secrets.put("offline code", bytes(renewed.code(clock.instant(), 0)));
    secrets.put("issuer private key", issuerPrivateKey());
    return renewed.alias().digits();
  }

  /// Nothing outside gives it away, so it is unsealed as the service does it.
  private byte[] issuerPrivateKey() {
    CreateIssuerKeyResponse made = operator.createKey(Wallet.newKey());
    String sealed =
        inside
            .rows(
                "select encode(sealed, 'hex') from issuer_key where issuer_key_id = ?::uuid",
                made.getIssuerKeyId())
            .getFirst()
            .getFirst();
    byte[] secret =
        vault.open(
            HexFormat.of().parseHex(sealed),
            RowIdentity.of("issuer_key.private_key", made.getIssuerKeyId()));
    assertThat(Sm2PrivateKey.fromBytes(secret).publicKey().compressed())
        .isEqualTo(made.getPublicKey().toByteArray());
    return secret;
  }

  private static long search(
      Connection connection, String table, Map<String, byte[]> secrets, List<String> found)
      throws SQLException {
    long cells = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
      while (rows.next()) {
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          cells++;
          String type = rows.getMetaData().getColumnTypeName(column);
          byte[] content =
              type.equals("bytea") ? rows.getBytes(column) : bytes(rows.getString(column));
          String cell = table + "." + rows.getMetaData().getColumnName(column);
          secrets.forEach((name, secret) -> {
            if (content != null && holds(content, secret)) {
              found.add(name + " in " + cell);
            }
          });
        }
      }
    }
    return cells;
  }

  /// As it is, in hexadecimal and in Base64.
  private static boolean holds(byte[] content, byte[] secret) {
    String text = latin(content);
    String hex = HexFormat.of().formatHex(secret);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(secret);
    return text.contains(latin(secret))
        || text.toLowerCase(Locale.ROOT).contains(hex)
        || text.contains(base64);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }
}
