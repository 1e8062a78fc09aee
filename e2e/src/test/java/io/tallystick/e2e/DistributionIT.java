package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.e2e.Distribution.Table;
import io.tallystick.sandbox.base.Stores;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The schema that the migrations make can be distributed as `docs/operations/scale.md` says: what
/// the catalog says about keys, and what a PostgreSQL refuses that has each distributed table in
/// two parts by the hash of its column, with the keys that such a table can have.
@TestInstance(Lifecycle.PER_CLASS)
class DistributionIT {
  private static final String SCHEMAS = "('" + String.join("', '", Stores.SERVICES) + "')";

  private final Distribution declared = Distribution.read();
  private MigratedDatabase database;

  @BeforeAll
  void migrate(@TempDir Path folder) throws SQLException {
    database = MigratedDatabase.open(folder);
    // Together: hundreds of tables, one flush.
    database.execute("begin");
    database.execute(Distribution.sql("1-prepare.sql"));
    database.execute(Distribution.sql("2-triggers.sql"));
    Shards.make(database, declared);
    database.execute("commit");
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  @Test
  void everyTableIsDeclared() throws SQLException {
    List<String> tables =
        database
            .rows(
                """
                select n.nspname || '.' || c.relname
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and n.nspname in %s
                """
                    .formatted(SCHEMAS))
            .stream()
            .map(List::getFirst)
            .toList();

    assertThat(declared.tables().keySet()).containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void everyKeyOfADistributedTableHasItsColumn() throws SQLException {
    List<String> faults = new ArrayList<>();
    int keys = 0;
    for (List<String> key :
        database.rows(
            """
            select i.indrelid::regclass, i.indexrelid::regclass,
              (select string_agg(a.attname, ',')
               from pg_attribute a
               where a.attrelid = i.indrelid
                 and a.attnum = any ((i.indkey::int2[])[0 : i.indnkeyatts - 1]))
            from pg_index i
            join pg_class c on c.oid = i.indrelid
            join pg_namespace n on n.oid = c.relnamespace
            where (i.indisunique or i.indisexclusion) and n.nspname in %s
            """
                .formatted(SCHEMAS))) {
      Table table = table(key.getFirst());
      if (table.isDistributed()) {
        keys++;
        if (!Arrays.asList(key.get(2).split(",")).contains(table.column())) {
          faults.add(key.get(1) + " lacks " + table.column());
        }
      }
    }

    assertThat(faults).isEmpty();
    assertThat(keys).isGreaterThanOrEqualTo(declared.distributed().size());
  }

  @Test
  void noForeignKeyLeavesItsShard() throws SQLException {
    List<String> faults = new ArrayList<>();
    int checked = 0;
    for (List<String> key : foreignKeys()) {
      Table from = table(key.get(1));
      Table to = table(key.get(2));
      checked++;
      boolean stays =
          from.isDistributed()
              ? from.isColocatedWith(to)
                  && Arrays.asList(key.get(3).split(","))
                      .contains(from.column() + "=" + to.column())
              : !to.isDistributed();
      if (!stays) {
        faults.add(key.getFirst() + " of " + key.get(1) + " to " + key.get(2));
      }
    }

    assertThat(faults).isEmpty();
    assertThat(checked).isPositive();
  }

  /// Rows meet on one node only if their columns are hashed alike.
  @Test
  void colocatedTablesAreDistributedByColumnsOfOneType() throws SQLException {
    Map<String, String> types = new HashMap<>();
    for (List<String> column :
        database.rows(
            """
            select n.nspname || '.' || c.relname || '.' || a.attname,
              format_type(a.atttypid, null) || ' ' || a.attcollation::regcollation,
              a.attnotnull
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid
            join pg_namespace n on n.oid = c.relnamespace
            where a.attnum > 0 and c.relkind in ('r', 'p') and n.nspname in %s
            """
                .formatted(SCHEMAS))) {
      types.put(column.getFirst(), column.get(1) + " not null: " + column.get(2));
    }
    Map<String, String> typeOf = new HashMap<>();
    List<String> faults = new ArrayList<>();
    for (Table table : declared.distributed()) {
      String type = types.getOrDefault(table.qualified() + "." + table.column(), "no column");
      String first = typeOf.putIfAbsent(table.schema() + "/" + table.colocation(), type);
      if (!type.endsWith("not null: t") || (first != null && !first.equals(type))) {
        faults.add(table.qualified() + "." + table.column() + ": " + type);
      }
    }

    assertThat(faults).isEmpty();
  }

  /// Each node counts its own transactions: on a distributed table their ids are no order.
  @Test
  void whatIsOrderedByTransactionsStaysOnOneNode() throws SQLException {
    List<String> ordered =
        database
            .rows(
                """
                select distinct d.adrelid::regclass from pg_attrdef d
                where pg_get_expr(d.adbin, d.adrelid) like '%pg_current_xact_id%'
                """)
            .stream()
            .map(List::getFirst)
            .toList();

    assertThat(ordered).isNotEmpty().noneMatch(table -> table(table).isDistributed());
  }

  @Test
  void theScriptDistributesWhatIsDeclared() throws SQLException {
    List<String> statements =
        Distribution.lines("3-distribute.sql").stream()
            .filter(line -> line.contains("create_distributed_table"))
            .toList();

    assertThat(statements).isEqualTo(declared.statements());
    List<String> order = declared.distributed().stream().map(Table::qualified).toList();
    for (List<String> key : foreignKeys()) {
      assertThat(order.indexOf(key.get(2)))
          .as("%s before %s", key.get(2), key.get(1))
          .isLessThanOrEqualTo(order.indexOf(key.get(1)));
    }
  }

  @Test
  void unbalancedEntriesAreRefusedOnAShard() throws SQLException {
    String posting =
        """
        begin;
        insert into clearing_shards.posting
        values ('%1$s', '%2$s', 'deposit', null, '%1$s', now());
        insert into clearing_shards.entry values
          ('%1$s', '%2$s', 1, '%1$s', 'a', 500, 'CNY'),
          ('%1$s', '%2$s', 2, '%1$s', 'b', -500, 'CNY'),
          ('%1$s', '%2$s', 3, '%1$s', 'c', %3$d, 'EUR'),
          ('%1$s', '%2$s', 4, '%1$s', 'd', -100, 'EUR');
        commit;
        """;
    for (int payer = 0; payer < 8; payer++) {
      String id = "00000000-0000-7000-8000-00000000000" + payer;
      database.execute(posting.formatted("balanced" + payer, id, 100));
      assertThatThrownBy(() -> database.execute(posting.formatted("unbalanced", id, 101)))
          .hasMessageContaining("do not sum to zero");
      database.execute("rollback");
    }
    assertThat(
            database.rows(
                """
                select count(distinct tableoid), sum(amount_minor) from clearing_shards.entry
                """))
        .containsExactly(List.of("2", "0"));
  }

  /// What makes paying twice impossible, on tables whose keys are those of shards.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          instrument_guard_\\d_pkey | instrument_guard values ('code:s:1:0', 'p', 'pay1'), ('code:s:1:0', 'q', 'pay2')
          payment_guard_\\d_pkey    | payment_guard values ('pay1', 'p'), ('pay1', 'q')
          order_guard_\\d_pkey      | order_guard values ('m', 'o', 'p', 'pay1'), ('m', 'o', 'q', 'pay2')
          posting_\\d_payment_id | posting values ('p', gen_random_uuid(), 'payment', 'pay1', '', now()), ('p', gen_random_uuid(), 'payment', 'pay1', '', now())
          merchant_credit_\\d_pkey  | merchant_credit values ('p', 'pay1', 'm', 0, 1, 'CNY', false, now()), ('p', 'pay1', 'm', 0, 1, 'CNY', false, now())
          deposit_\\d_pkey          | deposit values ('b', 'payer', 'p', 1, 'CNY', now()), ('b', 'payer', 'q', 1, 'CNY', now())
          refund_\\d_pkey           | refund values ('p', 'pay1', 'r', 'm', 1, 'CNY', now()), ('p', 'pay1', 'r', 'm', 2, 'CNY', now())
          account_not_negative  | account values ('p', 'a', 'payer', 'available', null, 'CNY', 5, 6, now())
          """)
  void payingTwiceIsRefusedOnAShard(String constraint, String rows) {
    assertThatThrownBy(() -> database.execute("insert into clearing_shards." + rows))
        .isInstanceOf(SQLException.class)
        .message()
        .containsPattern(constraint);
  }

  @Test
  void whatEndsOnceEndsOnceOnAShard() throws SQLException {
    database.execute(
        """
        insert into clearing_shards.merchant_credit
        values ('payer', 'pay', 'm', 0, 1, 'CNY', false, now());
        update clearing_shards.merchant_credit set sweep_posting_id = gen_random_uuid();
        insert into clearing_shards.hold values ('payer', 'pay', 'a', 1, 'CNY', 'pending', now());
        update clearing_shards.hold set state = 'voided', ended_at = now();
        """);

    assertThatThrownBy(() ->
            database.execute(
                "update clearing_shards.merchant_credit"
                    + " set sweep_posting_id = gen_random_uuid()"))
        .hasMessageContaining("already moved");
    assertThatThrownBy(() -> database.execute("update clearing_shards.hold set state = 'posted'"))
        .hasMessageContaining("already voided");
  }

  private Table table(String qualified) {
    Table table = declared.tables().get(qualified);
    assertThat(table).as(qualified + " is not declared").isNotNull();
    return table;
  }

  /// Name, table, table referred to, pairs of columns.
  private List<List<String>> foreignKeys() throws SQLException {
    return database.rows(
        """
        select k.conname, k.conrelid::regclass, k.confrelid::regclass,
          (select string_agg(a.attname || '=' || b.attname, ',')
           from unnest(k.conkey, k.confkey) as pair (one, other)
           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.one
           join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.other)
        from pg_constraint k join pg_namespace n on n.oid = k.connamespace
        where k.contype = 'f' and n.nspname in %s
        """
            .formatted(SCHEMAS));
  }
}
