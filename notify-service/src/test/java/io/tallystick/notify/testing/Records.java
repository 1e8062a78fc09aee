package io.tallystick.notify.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tallystick.api.events.v1.ChallengeEnded;
import io.tallystick.kit.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// What the service has stored, as an auditor with database access would see it; and the passage of
/// time, by moving stored moments.
@ApplicationScoped
public class Records {
  private final Database database;

  Records(Database database) {
    this.database = database;
  }

  /// The events written about a challenge.
  public List<ChallengeEnded> ended(String challengeId) {
    return database
        .read(handle ->
            handle
                .createQuery("SELECT payload FROM outbox WHERE type = 'ChallengeEnded'")
                .mapTo(byte[].class)
                .list())
        .stream()
        .map(Records::parse)
        .filter(event -> event.getChallengeId().equals(challengeId))
        .toList();
  }

  /// The challenge of a payment.
  public Optional<String> challengeOf(String payerId, String paymentId) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT challenge_id FROM challenge"
                    + " WHERE payer_id = :payer AND payment_id = :payment")
            .bind("payer", payerId)
            .bind("payment", paymentId)
            .mapTo(String.class)
            .findOne());
  }

  /// One number of one row.
  public long number(String sql, Object... arguments) {
    return database.read(handle -> {
      var query = handle.createQuery(sql);
      for (int i = 0; i < arguments.length; i++) {
        query.bind(i, arguments[i]);
      }
      return query.mapTo(Long.class).one();
    });
  }

  /// One text of one row.
  public String text(String sql, Object... arguments) {
    return database.read(handle -> {
      var query = handle.createQuery(sql);
      for (int i = 0; i < arguments.length; i++) {
        query.bind(i, arguments[i]);
      }
      return query.mapTo(String.class).one();
    });
  }

  public void update(String sql, Object... arguments) {
    database.useTransaction(handle -> handle.execute(sql, arguments));
  }

  private static ChallengeEnded parse(byte[] payload) {
    try {
      return ChallengeEnded.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
