package io.tallystick.seed.custody;

import io.tallystick.kit.sealing.SealedColumn;
import io.tallystick.kit.sealing.VersionUse;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Online codes that a wallet may ask for once more under the same key, sealed beside it.
///
/// @param replyTime how long such an answer is repeated
record RepeatableOnlineCodes(Duration replyTime) implements VersionUse {
  @Override
  public String what() {
    return "idempotency.online-code";
  }

  @Override
  public SortedMap<Integer, Long> rowsByVersion(Handle handle, Instant now) {
    SortedMap<Integer, Long> rows = new TreeMap<>();
    handle
        .createQuery(
            """
            select %s as version, count(*) as rows from idempotency
            where scope like 'online-code:%%' and response is not null and created_at > :since
            group by 1
            """
                .formatted(SealedColumn.versionOf("response")))
        .bind("since", now.minus(replyTime))
        .map((row, _) -> rows.put(row.getInt("version"), row.getLong("rows")))
        .list();
    return rows;
  }
}
