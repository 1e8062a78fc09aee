package io.tallystick.kit.database;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Binding;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/// Statements that are sent together and answered together: one round trip instead of one each.
///
/// PostgreSQL runs them one after another, as if each had been sent when the one before it was
/// answered: each has a snapshot of its own, sees what those before it wrote and keeps the locks
/// they took. The first that fails fails them all. None can depend on what another returned, unless
/// by its own SQL.
///
/// ```java
/// Pipeline pipeline = Pipeline.on(handle);
/// pipeline.update(handle.createUpdate("insert …").bind("id", id));
/// pipeline.query(handle.createQuery("select …"), mapper, found::addAll);
/// pipeline.send();
/// ```
///
/// The driver writes the whole request before it reads an answer. If both were larger than the
/// sockets hold, client and server would wait for each other; so whoever adds queries with large
/// answers tells [#weigh] how large its requests are. Answers of updates are small.
///
/// For one thread, within one transaction. Sent once; what is added later goes with the next
/// `send`.
public final class Pipeline {
  /// What every socket takes without anybody reading: less than half of Linux's default.
  private static final int MOST_UNREAD_BYTES = 32 * 1024;

  private final Handle handle;
  private final List<Part<?>> parts = new ArrayList<>();
  private long unreadBytes;

  private Pipeline(Handle handle) {
    this.handle = requireNonNull(handle, "handle is null");
  }

  public static Pipeline on(Handle handle) {
    return new Pipeline(handle);
  }

  /// The transaction's handle, to make statements of.
  public Handle handle() {
    return handle;
  }

  /// Adds a statement whose row count nobody wants to know.
  public void update(Update statement) {
    update(statement, _ -> {});
  }

  /// Adds a statement; `count` is told how many rows it touched.
  public void update(Update statement, IntConsumer count) {
    parts.add(
        new Part<>(statement, (answer, _) -> count.accept(Math.max(0, answer.getUpdateCount()))));
  }

  /// Adds a statement that returns rows; `rows` is told all of them.
  public <T> void query(Query statement, RowMapper<T> mapper, Consumer<List<T>> rows) {
    parts.add(
        new Part<>(
            statement,
            (answer, context) -> {
              List<T> mapped = new ArrayList<>();
              ResultSet result = requireNonNull(answer.getResultSet(), "a query returns rows");
              while (result.next()) {
                mapped.add(mapper.map(result, context));
              }
              rows.accept(mapped);
            }));
  }

  /// Sends what was added if its requests are large: then a round trip is the smaller cost.
  ///
  /// @param bytes about the size of the parameters of the statement added last
  public void weigh(int bytes) {
    unreadBytes += bytes;
    if (unreadBytes > MOST_UNREAD_BYTES) {
      send();
    }
  }

  /// Sends what was added, and passes each answer on, in the order of adding.
  public void send() {
    if (parts.isEmpty()) {
      return;
    }
    List<Part<?>> sent = List.copyOf(parts);
    parts.clear();
    unreadBytes = 0;
    try {
      send(sent);
    } catch (SQLException failure) {
      throw new UnableToExecuteStatementException(failure, sent.getFirst().context());
    } finally {
      sent.forEach(part -> part.statement().close());
    }
  }

  private void send(List<Part<?>> sent) throws SQLException {
    List<ParsedSql> texts = sent.stream().map(Part::parse).toList();
    String together = texts.stream().map(ParsedSql::getSql).collect(Collectors.joining(";\n"));
    try (PreparedStatement statement = handle.getConnection().prepareStatement(together)) {
      int position = 1;
      for (int i = 0; i < sent.size(); i++) {
        position = sent.get(i).bind(statement, position, texts.get(i));
      }
      statement.execute();
      for (Part<?> part : sent) {
        part.reader().read(statement, part.context());
        statement.getMoreResults();
      }
    }
  }

  @FunctionalInterface
  private interface Reader {
    void read(PreparedStatement answer, StatementContext context) throws SQLException;
  }

  /// A statement with what reads its answer. JDBI has no other way to a statement's arguments.
  @SuppressWarnings("removal")
  private record Part<S extends SqlStatement<S>>(S statement, Reader reader) {
    StatementContext context() {
      return statement.getContext();
    }

    ParsedSql parse() {
      return statement
          .getConfig(SqlStatements.class)
          .getSqlParser()
          .parse(context().getRawSql(), context());
    }

    /// Binds its parameters from `position` on; returns the position after them.
    int bind(PreparedStatement to, int position, ParsedSql text) throws SQLException {
      Binding binding = context().getBinding();
      int next = position;
      if (text.getParameters().isPositional()) {
        for (int i = 0; i < text.getParameters().getParameterCount(); i++) {
          argument(binding, i).apply(next++, to, context());
        }
      } else {
        for (String name : text.getParameters().getParameterNames()) {
          argument(binding, name).apply(next++, to, context());
        }
      }
      return next;
    }

    private Argument argument(Binding binding, int index) {
      return binding
          .findForPosition(index)
          .orElseThrow(() -> new IllegalArgumentException("parameter " + index + " is not bound"));
    }

    private Argument argument(Binding binding, String name) {
      return binding
          .findForName(name, context())
          .orElseThrow(() -> new IllegalArgumentException("parameter " + name + " is not bound"));
    }
  }
}
