package io.tallystick.sandbox.platform;

import static java.util.Objects.requireNonNull;

import io.tallystick.sandbox.base.FreePorts;
import java.net.URI;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;

/// Which loopback ports each service listens on.
record ServicePorts(Map<ServiceName, Integer> rest, Map<ServiceName, Integer> grpc) {
  /// Takes free ports for all services at once, so that they differ.
  static ServicePorts free() {
    Iterator<Integer> ports = FreePorts.take(ServiceName.values().length * 2).iterator();
    Map<ServiceName, Integer> rest = new EnumMap<>(ServiceName.class);
    Map<ServiceName, Integer> grpc = new EnumMap<>(ServiceName.class);
    for (ServiceName service : ServiceName.values()) {
      rest.put(service, ports.next());
      grpc.put(service, ports.next());
    }
    return new ServicePorts(Map.copyOf(rest), Map.copyOf(grpc));
  }

  int restPort(ServiceName service) {
    return requireNonNull(rest.get(service), "no port");
  }

  int grpcPort(ServiceName service) {
    return requireNonNull(grpc.get(service), "no port");
  }

  URI restAddress(ServiceName service) {
    return URI.create("https://localhost:" + restPort(service));
  }

  /// Where one replica is asked for what it says of itself.
  URI restAddress(Replica replica) {
    return replica.number() == 1
        ? restAddress(replica.service())
        : URI.create("https://" + replica.host() + ":" + restPort(replica.service()));
  }

  String grpcAddress(ServiceName service) {
    return "localhost:" + grpcPort(service);
  }
}
