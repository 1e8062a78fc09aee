package io.tallystick.seed.custody;

import io.tallystick.kit.sealing.VersionUse;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Online codes that may still be presented are found by a hash under the version of their making.
final class LiveOnlineCodes implements VersionUse {
  @Override
  public String what() {
    return "online_code.code_hash";
  }

  @Override
  public SortedMap<Integer, Long> rowsByVersion(Handle handle, Instant now) {
    SortedMap<Integer, Long> rows = new TreeMap<>();
    handle
        .createQuery(
            """
            select key_version, count(*) as rows from online_code
            where expires_at > :now and key_version is not null group by 1
            """)
        .bind("now", now)
        .map((row, _) -> rows.put(row.getInt("key_version"), row.getLong("rows")))
        .list();
    return rows;
  }
}
