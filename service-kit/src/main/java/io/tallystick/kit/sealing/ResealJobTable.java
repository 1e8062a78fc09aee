package io.tallystick.kit.sealing;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Table `reseal_job`, which a service that seals has: at most one row of it is unfinished.
@Singleton
class ResealJobTable {
  private static final String COLUMNS =
      "job_id, key_version, requested_by, requested_at, resealed, broken, finished_at";

  /// Asks for a job; one that is unfinished takes the new version and goes on.
  ResealJob request(Handle handle, int version, String actor, Instant now) {
    return handle
        .createQuery(
            """
            insert into reseal_job (key_version, requested_by, requested_at)
            values (:version, :actor, :now)
            on conflict ((finished_at is null)) where finished_at is null
              do update set key_version = excluded.key_version
            returning
            """
                + COLUMNS)
        .bind("version", version)
        .bind("actor", actor)
        .bind("now", now)
        .map((row, _) -> job(row))
        .one();
  }

  Optional<ResealJob> newest(Handle handle) {
    return handle
        .createQuery("select " + COLUMNS + " from reseal_job order by job_id desc limit 1")
        .map((row, _) -> job(row))
        .findOne();
  }

  /// The unfinished job, unless another replica works on it at this moment.
  Optional<ResealJob> lockUnfinished(Handle handle) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + " from reseal_job where finished_at is null for update skip locked")
        .map((row, _) -> job(row))
        .findOne();
  }

  void progress(Handle handle, long jobId, int resealed) {
    handle
        .createUpdate("update reseal_job set resealed = resealed + :resealed where job_id = :id")
        .bind("resealed", resealed)
        .bind("id", jobId)
        .execute();
  }

  void finish(Handle handle, long jobId, long broken, Instant now) {
    handle
        .createUpdate(
            "update reseal_job set broken = :broken, finished_at = :now where job_id = :id")
        .bind("broken", broken)
        .bind("now", now)
        .bind("id", jobId)
        .execute();
  }

  private static ResealJob job(ResultSet row) throws SQLException {
    return new ResealJob(
        row.getLong("job_id"),
        row.getInt("key_version"),
        row.getString("requested_by"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getLong("resealed"),
        row.getLong("broken"),
        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
