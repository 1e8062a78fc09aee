package io.tallystick.kit.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class TransientFailureTest {
  /// State, whether it passes by itself, whether PostgreSQL rolled back because of others.
  private record Row(String state, boolean passes, boolean rolledBack) {}

  private static final Row[] TABLE = {
    new Row("40001", true, true),
    new Row("40P01", true, true),
    new Row("08006", true, false),
    new Row("08001", true, false),
    new Row("57P01", true, false),
    new Row("57P03", true, false),
    new Row("53300", true, false),
    new Row("25006", true, false),
    new Row("55P03", true, false),
    new Row("57014", false, false),
    new Row("23505", false, false),
    new Row("23514", false, false),
    new Row("42P01", false, false),
    new Row("22P02", false, false)
  };

  @Test
  void tellsByState() {
    for (Row row : TABLE) {
      Throwable failure = new IllegalStateException(new SQLException("x", row.state()));
      assertThat(TransientFailure.is(failure)).as(row.state()).isEqualTo(row.passes());
      assertThat(TransientFailure.rolledBack(failure)).as(row.state()).isEqualTo(row.rolledBack());
    }
  }

  @Test
  void knowsConnectionsThatCouldNotBeHad() {
    assertThat(TransientFailure.is(new SQLTransientConnectionException("x"))).isTrue();
    assertThat(TransientFailure.is(new SQLException("Sorry, acquisition timeout!"))).isTrue();
    assertThat(TransientFailure.is(new SQLException("something else"))).isFalse();
  }

  @Test
  void knowsPeersThatAreAway() {
    assertThat(TransientFailure.is(ApiErrors.unavailable("X", "x"))).isTrue();
    assertThat(TransientFailure.is(ApiErrors.deadlineExceeded("X", "x"))).isTrue();
    assertThat(TransientFailure.is(ApiErrors.failedPrecondition("X", "x"))).isFalse();
    assertThat(TransientFailure.is(new IllegalStateException("x"))).isFalse();
  }
}
