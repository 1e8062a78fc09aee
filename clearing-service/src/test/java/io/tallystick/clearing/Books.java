package io.tallystick.clearing;

import io.tallystick.kit.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// Looks into the ledger's tables behind the service's back.
@Singleton
public class Books {
  private final Database database;

  Books(Database database) {
    this.database = database;
  }

  /// What a payer may spend.
  public long available(String payer) {
    return free("payer:" + payer + ":available:CNY");
  }

  public long allowance(String payer, String device) {
    return free("payer:" + payer + ":allowance:CNY:" + device);
  }

  public long payable(String merchant) {
    return free("merchant:" + merchant + ":payable:CNY");
  }

  public long held(String payer) {
    return number("SELECT coalesce(sum(held_minor), 0) FROM account WHERE owner_id = ?", payer);
  }

  private long free(String accountId) {
    return number(
        "SELECT coalesce(sum(posted_minor - held_minor), 0) FROM account WHERE account_id = ?",
        accountId);
  }

  public long number(String sql, Object... arguments) {
    return database.read(handle -> handle.select(sql, arguments).mapTo(Long.class).one());
  }

  public List<String> texts(String sql, Object... arguments) {
    return database.read(handle -> handle.select(sql, arguments).mapTo(String.class).list());
  }

  public List<Map<String, Object>> rows(String sql, Object... arguments) {
    return database.read(handle -> handle.select(sql, arguments).mapToMap().list());
  }

  /// Runs SQL as somebody who forgot the rules would.
  public void execute(String... statements) {
    database.useTransaction(handle -> {
      for (String statement : statements) {
        handle.execute(statement);
      }
    });
  }
}
