package io.tallystick.verify.guess.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.verify.guess.GuessKey;
import io.tallystick.verify.guess.GuessLimit;
import io.tallystick.verify.guess.GuessPolicy;
import io.tallystick.verify.guess.GuessScope;
import io.tallystick.verify.guess.WrongCodes;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Reads and raises guess counts, inside the caller's transaction.
public final class PostgresGuesses {
  private static final String READ =
      """
      SELECT c.scope, c.subject,
             coalesce(sum(c.wrong) FILTER (WHERE c.window_start = to_timestamp(w.current)), 0) AS current,
             coalesce(sum(c.wrong) FILTER (WHERE c.window_start < to_timestamp(w.current)), 0) AS previous
        FROM unnest(:scopes, :subjects, :currents, :oldests) AS w(scope, subject, current, oldest)
        JOIN guess_count c
          ON c.scope = w.scope AND c.subject = w.subject
         AND c.window_start BETWEEN to_timestamp(w.oldest) AND to_timestamp(w.current)
       GROUP BY c.scope, c.subject
      """;

  private static final String RAISE =
      """
      INSERT INTO guess_count AS c (scope, subject, window_start, expires_at, wrong)
      SELECT scope, subject, to_timestamp(window_start), to_timestamp(expires_at), wrong
        FROM unnest(:scopes, :subjects, :starts, :expiries, :wrongs)
             AS g(scope, subject, window_start, expires_at, wrong)
       ORDER BY scope, subject, window_start
          ON CONFLICT (scope, subject, window_start) DO UPDATE SET wrong = c.wrong + excluded.wrong
      """;

  private static final String FORGET =
      """
      DELETE FROM guess_count
       WHERE (scope, subject, window_start) IN (
             SELECT scope, subject, window_start FROM guess_count
              WHERE expires_at < :now LIMIT :most FOR UPDATE SKIP LOCKED)
      """;

  private final GuessPolicy policy;

  public PostgresGuesses(GuessPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  /// The counts that matter now; keys without any are left out.
  public Map<GuessKey, WrongCodes> read(Handle handle, Collection<GuessKey> keys, Instant now) {
    List<GuessKey> distinct = keys.stream().distinct().toList();
    List<GuessLimit> limits = distinct.stream().map(key -> policy.limit(key.scope())).toList();
    Map<GuessKey, WrongCodes> counts = new HashMap<>();
    handle
        .createQuery(READ)
        .bindArray("scopes", String.class, distinct.stream().map(PostgresGuesses::scope).toList())
        .bindArray("subjects", String.class, distinct.stream().map(GuessKey::subject).toList())
        .bindArray(
            "currents",
            Long.class,
            limits.stream().map(limit -> limit.windowStart(now).getEpochSecond()).toList())
        .bindArray(
            "oldests",
            Long.class,
            limits.stream().map(limit -> limit.oldestWindowStart(now).getEpochSecond()).toList())
        .map((row, context) ->
            Map.entry(
                new GuessKey(scopeOf(row.getString("scope")), row.getString("subject")),
                new WrongCodes(row.getLong("current"), row.getLong("previous"))))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  /// Adds wrong codes; each occurrence of a key counts one.
  public void raise(Handle handle, Collection<GuessKey> wrong, Instant now) {
    Map<String, GuessKey> byName = new TreeMap<>();
    Map<GuessKey, Integer> counts = new HashMap<>();
    for (GuessKey key : wrong) {
      byName.put(scope(key) + "\n" + key.subject(), key);
      counts.merge(key, 1, Integer::sum);
    }
    if (counts.isEmpty()) {
      return;
    }
    List<GuessKey> keys = List.copyOf(byName.values());
    List<GuessLimit> limits = keys.stream().map(key -> policy.limit(key.scope())).toList();
    handle
        .createUpdate(RAISE)
        .bindArray("scopes", String.class, keys.stream().map(PostgresGuesses::scope).toList())
        .bindArray("subjects", String.class, keys.stream().map(GuessKey::subject).toList())
        .bindArray(
            "starts",
            Long.class,
            limits.stream().map(limit -> limit.windowStart(now).getEpochSecond()).toList())
        .bindArray(
            "expiries",
            Long.class,
            limits.stream()
                .map(limit -> limit.windowStart(now).plus(limit.window().multipliedBy(2)))
                .map(Instant::getEpochSecond)
                .toList())
        .bindArray(
            "wrongs",
            Integer.class,
            keys.stream().map(key -> requireNonNull(counts.get(key), "counted above")).toList())
        .execute();
  }

  /// Deletes at most `most` counts that no limit looks at any more; returns how many.
  public int forget(Handle handle, Instant now, int most) {
    return handle.createUpdate(FORGET).bind("now", now).bind("most", most).execute();
  }

  private static String scope(GuessKey key) {
    return key.scope().label();
  }

  private static GuessScope scopeOf(String label) {
    for (GuessScope scope : GuessScope.values()) {
      if (scope.label().equals(label)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("guess scope is unknown: " + label);
  }
}
