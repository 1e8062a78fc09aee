package io.tallystick.sandbox.platform;

import io.tallystick.sandbox.base.FreePorts;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which loopback ports each service listens on.
record ServicePorts(Map<ServiceName, Integer> rest, Map<ServiceName, Integer> grpc) {
  /// Takes free ports for all services at once, so that they differ.
  static ServicePorts free() {
    ServiceName[] services = ServiceName.values();
    List<Integer> ports = FreePorts.take(services.length * 2);
    Map<ServiceName, Integer> rest = new EnumMap<>(ServiceName.class);
    Map<ServiceName, Integer> grpc = new EnumMap<>(ServiceName.class);
    for (ServiceName service : services) {
      rest.put(service, ports.get(service.ordinal() * 2));
      grpc.put(service, ports.get(service.ordinal() * 2 + 1));
    }
    return new ServicePorts(Map.copyOf(rest), Map.copyOf(grpc));
  }

  URI restAddress(ServiceName service) {
    return URI.create("https://localhost:" + rest.get(service));
  }

  String grpcAddress(ServiceName service) {
    return "localhost:" + grpc.get(service);
  }
}
