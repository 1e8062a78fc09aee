package io.tallystick.verify.code.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.verify.code.CodeMatch;
import io.tallystick.verify.code.CodeMatch.SeedMoment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Consumes codes: raises a seed's last used moment, or inserts an online code. This is what makes
/// a code count once.
final class PostgresCodeUses {
  /// Rising only: an equal or older moment changes no row and is not returned.
  private static final String RAISE_MOMENT =
      """
      INSERT INTO code_moment AS m (seed_id, last_minute, last_refresh)
      SELECT seed_id, minute, refresh
        FROM unnest(:seeds, :minutes, :refreshes) AS u(seed_id, minute, refresh)
       ORDER BY seed_id
          ON CONFLICT (seed_id) DO UPDATE
         SET last_minute = excluded.last_minute, last_refresh = excluded.last_refresh
       WHERE (m.last_minute, m.last_refresh) < (excluded.last_minute, excluded.last_refresh)
      RETURNING m.seed_id
      """;

  private static final String USE_ONLINE =
      """
      INSERT INTO online_code (instrument_id, used_at)
      SELECT instrument_id, :at FROM unnest(:instruments) AS u(instrument_id)
       ORDER BY instrument_id
          ON CONFLICT (instrument_id) DO NOTHING
      RETURNING instrument_id
      """;

  private static final String FORGET_ONLINE =
      """
      DELETE FROM online_code
       WHERE instrument_id IN (
             SELECT instrument_id FROM online_code
              WHERE used_at < :before LIMIT :most FOR UPDATE SKIP LOCKED)
      """;

  private PostgresCodeUses() {}

  /// Consumes what the matches stand for, in the order given; true where this call was the first.
  static List<Boolean> consume(Handle handle, List<CodeMatch> matches, Instant at) {
    Set<SeedMoment> moments = raiseMoments(handle, matches);
    Set<String> online = useOnline(handle, matches, at);
    List<Boolean> consumed = new ArrayList<>(matches.size());
    for (CodeMatch match : matches) {
      SeedMoment moment = match.moment();
      // Taken out of the set, so that a second presentation in the same batch finds it used.
      consumed.add(
          moment == null ? online.remove(match.payable().instrumentId()) : moments.remove(moment));
    }
    return consumed;
  }

  /// One statement for every moment rank: the oldest moment of each seed first. Two moments of one
  /// seed in one batch are rare; thirty at most are live at a time.
  private static Set<SeedMoment> raiseMoments(Handle handle, List<CodeMatch> matches) {
    Map<String, TreeSet<CodeMoment>> bySeed = new TreeMap<>();
    for (CodeMatch match : matches) {
      SeedMoment moment = match.moment();
      if (moment != null) {
        bySeed.computeIfAbsent(moment.seedId(), _ -> new TreeSet<>()).add(moment.moment());
      }
    }
    Set<SeedMoment> raised = new HashSet<>();
    while (!bySeed.isEmpty()) {
      Map<String, CodeMoment> round = new LinkedHashMap<>();
      bySeed.forEach((seed, moments) -> round.put(seed, moments.removeFirst()));
      bySeed.values().removeIf(Collection::isEmpty);
      for (String seed : raise(handle, round)) {
        raised.add(new SeedMoment(seed, requireNonNull(round.get(seed), "not asked for")));
      }
    }
    return raised;
  }

  private static List<String> raise(Handle handle, Map<String, CodeMoment> round) {
    List<CodeMoment> moments = List.copyOf(round.values());
    return handle
        .createQuery(RAISE_MOMENT)
        .bindArray("seeds", String.class, List.copyOf(round.keySet()))
        .bindArray("minutes", Long.class, moments.stream().map(CodeMoment::minute).toList())
        .bindArray(
            "refreshes", Integer.class, moments.stream().map(CodeMoment::refreshIndex).toList())
        .mapTo(String.class)
        .list();
  }

  private static Set<String> useOnline(Handle handle, List<CodeMatch> matches, Instant at) {
    List<String> instruments =
        matches.stream()
            .filter(match -> match.moment() == null)
            .map(match -> match.payable().instrumentId())
            .distinct()
            .sorted()
            .toList();
    if (instruments.isEmpty()) {
      return new HashSet<>();
    }
    return new HashSet<>(
        handle
            .createQuery(USE_ONLINE)
            .bindArray("instruments", String.class, instruments)
            .bind("at", at)
            .mapTo(String.class)
            .list());
  }

  /// Deletes at most `most` online codes used so long ago that seed-service no longer knows them.
  static int forgetOnline(Handle handle, Instant before, int most) {
    return handle.createUpdate(FORGET_ONLINE).bind("before", before).bind("most", most).execute();
  }
}
