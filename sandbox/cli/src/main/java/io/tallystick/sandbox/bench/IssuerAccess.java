package io.tallystick.sandbox.bench;

import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The sandbox's issuer key, taken out of seed-service's table with the sandbox's own
/// key-encryption key, so that a thousand devices needn't be enrolled one by one.
final class IssuerAccess {
  private IssuerAccess() {}

  static TapForge.Issuer open(BenchDatabase database, SeedSeal seal) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT issuer_key_id, sealed, certificate FROM seed.issuer_key"
                    + " WHERE certificate IS NOT NULL ORDER BY installed_at DESC LIMIT 1")) {
      if (!row.next()) {
        throw new IllegalStateException("seed-service has no issuer key");
      }
      byte[] key = seal.open(row.getBytes(2), "issuer_key.private_key", row.getString(1));
      return new TapForge.Issuer(
          IssuerCertificate.parse(row.getBytes(3)), Sm2PrivateKey.fromBytes(key));
    }
  }
}
