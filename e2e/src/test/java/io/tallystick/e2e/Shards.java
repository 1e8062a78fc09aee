package io.tallystick.e2e;

import io.tallystick.e2e.Distribution.Table;
import io.tallystick.sandbox.base.Stores;
import java.sql.SQLException;
import java.util.List;

/// Copies of the distributed tables, each in two parts by the hash of its distribution column, in
/// schemas `clearing_shards` and so on: what plain PostgreSQL has of a distributed table. It
/// refuses a key without that column ("must include all partitioning columns"). Triggers are made
/// on the parts, as a distributed PostgreSQL makes them on shards.
final class Shards {
  private static final int PARTS = 2;

  private Shards() {}

  static void make(MigratedDatabase database, Distribution declared) throws SQLException {
    for (String schema : Stores.SERVICES) {
      database.execute("create schema " + schema + "_shards");
    }
    for (Table table : declared.distributed()) {
      String copy = copyOf(table.schema(), table.name());
      database.execute(
          "create table %s (like %s including all) partition by hash (%s)"
              .formatted(copy, table.qualified(), table.column()));
      for (int part = 0; part < PARTS; part++) {
        database.execute(
            "create table %1$s_%2$d partition of %1$s for values with (modulus %3$d, remainder %2$d)"
                .formatted(copy, part, PARTS));
      }
    }
    for (Table table : declared.distributed()) {
      copyForeignKeys(database, table);
      copyTriggers(database, table);
    }
  }

  private static String copyOf(String schema, String table) {
    return schema + "_shards." + table;
  }

  private static void copyForeignKeys(MigratedDatabase database, Table table) throws SQLException {
    for (List<String> key :
        database.rows(
            """
            select conname, pg_get_constraintdef(oid) from pg_constraint
            where contype = 'f' and conrelid = '%s'::regclass
            """
                .formatted(table.qualified()))) {
      database.execute(
          "alter table %s add constraint %s %s"
              .formatted(
                  copyOf(table.schema(), table.name()),
                  key.getFirst(),
                  key.get(1)
                      .replace(
                          "REFERENCES " + table.schema() + ".",
                          "REFERENCES " + table.schema() + "_shards.")));
    }
  }

  private static void copyTriggers(MigratedDatabase database, Table table) throws SQLException {
    for (List<String> trigger :
        database.rows(
            """
            select pg_get_triggerdef(oid) from pg_trigger
            where not tgisinternal and tgrelid = '%s'::regclass
            """
                .formatted(table.qualified()))) {
      for (int part = 0; part < PARTS; part++) {
        String partName = copyOf(table.schema(), table.name()) + "_" + part;
        database.execute(
            trigger.getFirst().replace(" ON " + table.qualified() + " ", " ON " + partName + " "));
      }
    }
  }
}
