package io.tallystick.sandbox.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.sandbox.base.Stores.Login;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresIT {
  @TempDir static Path folder;

  private static Stores stores;

  @BeforeAll
  static void open() {
    stores = Stores.open(folder, "stores_it");
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void eachServiceHasASchemaThatIsItsOwn() throws SQLException {
    execute(stores.login("verify"), "create table mine (x int)");
    assertThat(query(stores.login("verify"), "select current_schema()")).isEqualTo("verify");
    assertThatThrownBy(() -> query(stores.login("clearing"), "select count(*) from verify.mine"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> execute(stores.login("clearing"), "create table verify.x (x int)"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void writesThroughToDisk() throws SQLException {
    assertThat(query(stores.administrator(), "show fsync")).isEqualTo("on");
    assertThat(query(stores.administrator(), "show synchronous_commit")).isEqualTo("on");
    assertThat(query(stores.administrator(), "show server_version_num")).startsWith("18");
  }

  @Test
  void preparingAgainKeepsWhatIsThere() throws SQLException {
    execute(stores.login("seed"), "create table kept (x int)");
    System.setProperty("TALLY_PG_URL", stores.jdbcUrl());
    System.setProperty("TALLY_REDIS_URL", stores.redisUrl());
    try (Stores again = Stores.open(folder.resolve("again"), "stores_it")) {
      assertThat(again.jdbcUrl()).isEqualTo(stores.jdbcUrl());
      assertThat(again.embeddedRedis()).isNull();
      assertThat(query(again.login("seed"), "select count(*) from kept")).isEqualTo("0");
    } finally {
      System.clearProperty("TALLY_PG_URL");
      System.clearProperty("TALLY_REDIS_URL");
    }
  }

  @Test
  void redisAnswersAndIsEmptyAfterARestart() throws IOException {
    assertThat(redis("SET x 1")).isEqualTo("+OK");
    RedisStore redis = stores.embeddedRedis();
    if (redis != null) {
      redis.restart();
      assertThat(redis.running()).isTrue();
      assertThat(redis("GET x")).isEqualTo("$-1");
    }
  }

  @Test
  void loginIsNotPrintedWithItsPassword() {
    Login login = stores.login("seed");
    assertThat(login.toString()).doesNotContain(login.password());
  }

  private static String redis(String command) throws IOException {
    URI uri = URI.create(stores.redisUrl());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[64];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, length, StandardCharsets.US_ASCII).strip();
    }
  }

  private static void execute(Login login, String sql) throws SQLException {
    try (Connection connection = connect(login);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(Login login, String sql) throws SQLException {
    try (Connection connection = connect(login);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(Login login) throws SQLException {
    return DriverManager.getConnection(stores.jdbcUrl(), login.username(), login.password());
  }
}
