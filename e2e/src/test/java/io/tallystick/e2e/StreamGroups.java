package io.tallystick.e2e;

import io.tallystick.sandbox.platform.ServiceName;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamConsumersInfo;
import redis.clients.jedis.StreamGroupInfo;

/// Who consumes which partition of which stream, as Redis has it: a group knows a consumer from the
/// first entry that it was given until it leaves.
record StreamGroups(URI redis) {
  /// Streams that never rest while payers pay and tap.
  private static final Pattern BUSY = Pattern.compile("tallystick:\\{(payments|tokens):\\d+}");

  /// The replicas that share each partition of each stream that this service consumes, by
  /// partition.
  Map<String, Set<String>> consumers(ServiceName service) {
    return consumers(service, _ -> true);
  }

  /// The same of partitions that payers of the load have their events in.
  Map<String, Set<String>> busyConsumers(ServiceName service) {
    return consumers(service, BUSY.asMatchPredicate());
  }

  private Map<String, Set<String>> consumers(ServiceName service, Predicate<String> wanted) {
    Map<String, Set<String>> consumers = new TreeMap<>();
    try (Jedis jedis = new Jedis(redis)) {
      for (String key : jedis.keys("tallystick:{*}")) {
        for (StreamGroupInfo group : jedis.xinfoGroup(key)) {
          boolean used = !group.getLastDeliveredId().toString().equals("0-0");
          if (used && wanted.test(key) && group.getName().equals(service.shortName())) {
            consumers.put(
                key,
                jedis.xinfoConsumers(key, service.shortName()).stream()
                    .map(StreamConsumersInfo::getName)
                    .collect(Collectors.toSet()));
          }
        }
      }
    }
    return consumers;
  }
}
