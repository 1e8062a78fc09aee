package io.tallystick.sandbox.base.access;

import grpc.health.v1.HealthGrpc;
import io.grpc.BindableService;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.TlsChannelCredentials;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.quarkus.grpc.GrpcService;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Calls every gRPC method that a service serves as everybody there is.
public final class GrpcAccess {
  private static final String EVERY_IDENTITY = "every identity";
  private static final List<String> SERVICES =
      List.of("seed", "verify", "clearing", "risk", "notify");
  private static final List<ServiceDescriptor> STANDARD =
      List.of(
          HealthGrpc.getServiceDescriptor(),
          ServerReflectionGrpc.getServiceDescriptor(),
          grpc.reflection.v1alpha.ServerReflectionGrpc.getServiceDescriptor());

  private final TestPlatform platform;
  private final String service;
  private final int port;

  /// @param service whose rows of the document count
  public GrpcAccess(TestPlatform platform, String service, int port) {
    this.platform = platform;
    this.service = service;
    this.port = port;
  }

  /// Who calls, and what is expected of it.
  ///
  /// @param words of the document that mean this caller; empty for one that nothing is for
  private record Caller(String name, Set<String> words, GrpcOutcome otherwise, ManagedChannel at) {
    GrpcOutcome expected(Set<String> allowed) {
      return words.stream().anyMatch(allowed::contains) ? GrpcOutcome.ALLOWED : otherwise;
    }
  }

  /// What is not as the document says; empty when all is.
  ///
  /// @param beans among which are those that are served
  public List<String> faults(Instance<BindableService> beans) {
    List<String> faults = new ArrayList<>();
    Map<String, MethodDescriptor.MethodType> served = served(handlers(beans), faults);
    Map<String, Set<String>> table = AccessTable.grpc(service);
    table.keySet().stream()
        .filter(method -> !served.containsKey(method))
        .forEach(method -> faults.add("in the document and not served: " + method));
    List<Caller> callers = callers();
    try {
      served.forEach((method, type) -> {
        Set<String> allowed = table.get(method);
        if (allowed == null) {
          faults.add("served and not in the document: " + method);
          return;
        }
        for (Caller caller : callers) {
          GrpcOutcome outcome = GrpcOutcome.of(caller.at(), method, type);
          if (outcome != caller.expected(allowed)) {
            faults.add(
                "%s as %s: %s instead of %s"
                    .formatted(method, caller.name(), outcome, caller.expected(allowed)));
          }
        }
      });
    } finally {
      callers.forEach(caller -> caller.at().shutdownNow());
    }
    return faults;
  }

  /// Those that Quarkus serves; others are peers that a test plays.
  public static List<BindableService> handlers(Instance<BindableService> beans) {
    return beans
        .handlesStream()
        .filter(
            bean -> bean.getBean().getQualifiers().stream().anyMatch(GrpcService.class::isInstance))
        .<BindableService>map(Instance.Handle::get)
        .toList();
  }

  /// Every method of the handlers and of the services that gRPC itself adds; what reflection lists
  /// beyond them is a fault.
  private Map<String, MethodDescriptor.MethodType> served(
      List<BindableService> handlers, List<String> faults) {
    Map<String, MethodDescriptor.MethodType> methods = new TreeMap<>();
    List<String> known = new ArrayList<>();
    for (BindableService handler : handlers) {
      known.add(handler.bindService().getServiceDescriptor().getName());
      for (ServerMethodDefinition<?, ?> method : handler.bindService().getMethods()) {
        MethodDescriptor<?, ?> descriptor = method.getMethodDescriptor();
        methods.put(descriptor.getFullMethodName(), descriptor.getType());
      }
    }
    for (ServiceDescriptor standard : STANDARD) {
      known.add(standard.getName());
      standard
          .getMethods()
          .forEach(method -> methods.put(method.getFullMethodName(), method.getType()));
    }
    ManagedChannel channel = channel(platform.ca().operator("access"));
    try {
      GrpcReflection.services(channel).stream()
          .filter(name -> !known.contains(name))
          .forEach(name -> faults.add("served by nobody who is known: " + name));
    } finally {
      channel.shutdownNow();
    }
    return methods;
  }

  private List<Caller> callers() {
    DevCa ca = platform.ca();
    Map<String, DevCa.Credentials> identities = new LinkedHashMap<>();
    identities.put("terminal", ca.terminal("m-access", "t1"));
    identities.put("terminal of another merchant", ca.terminal("m-other", "t1"));
    identities.put("operator", ca.operator("access"));
    SERVICES.forEach(name -> identities.put(name, ca.client("as-" + name, uri(name))));
    List<Caller> callers = new ArrayList<>();
    identities.forEach((name, credentials) ->
        callers.add(new Caller(name, words(name), GrpcOutcome.NOT_ALLOWED, channel(credentials))));
    for (String uri :
        List.of("", "spiffe://tallystick.io/admin/x", "spiffe://example.org/operator/access")) {
      callers.add(
          new Caller(
              "certificate of our authority with the URI '" + uri + "'",
              Set.of(),
              GrpcOutcome.NO_IDENTITY,
              channel(ca.client("nobody", uri))));
    }
    DevCa foreign = DevCa.open(platform.folder().resolve("foreign-ca"));
    for (DevCa.Credentials credentials :
        List.of(
            foreign.service("verify"), foreign.operator("access"), foreign.terminal("m", "t"))) {
      callers.add(
          new Caller(
              "certificate of another authority, " + credentials.uri(),
              Set.of(),
              GrpcOutcome.NO_CONNECTION,
              channel(credentials)));
    }
    callers.add(new Caller("no certificate", Set.of(), GrpcOutcome.NO_CONNECTION, channel(null)));
    return callers;
  }

  private static Set<String> words(String name) {
    return Set.of(EVERY_IDENTITY, name.startsWith("terminal") ? "terminal" : name);
  }

  private static String uri(String name) {
    return "spiffe://tallystick.io/service/" + name;
  }

  private ManagedChannel channel(DevCa.@Nullable Credentials credentials) {
    try {
      TlsChannelCredentials.Builder tls =
          TlsChannelCredentials.newBuilder().trustManager(platform.ca().certificateFile().toFile());
      if (credentials != null) {
        tls.keyManager(credentials.certificate().toFile(), credentials.key().toFile());
      }
      ChannelCredentials built = tls.build();
      return Grpc.newChannelBuilder("localhost:" + port, built).disableRetry().build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
