package io.tallystick.kit.grpc;

import io.grpc.MethodDescriptor;
import io.tallystick.kit.identity.CallerIdentity;
import io.tallystick.kit.identity.CallerIdentity.OperatorIdentity;
import io.tallystick.kit.identity.CallerIdentity.ServiceIdentity;
import io.tallystick.kit.identity.CallerIdentity.TerminalIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Who may call which method. A service produces one bean of this type; a method without an entry
/// is refused to everybody. Health and reflection are open to every identity.
///
/// ```java
/// @Produces @Singleton
/// GrpcPolicy policy() {
///   return GrpcPolicy.builder()
///       .allow(ClearingServiceGrpc.getPayMethod(), services("verify"))
///       .build();
/// }
/// ```
public final class GrpcPolicy {
  private static final Set<String> OPEN_SERVICES =
      Set.of(
          "grpc.health.v1.Health",
          "grpc.reflection.v1.ServerReflection",
          "grpc.reflection.v1alpha.ServerReflection");

  private final Map<String, List<Predicate<CallerIdentity>>> allowed;

  private GrpcPolicy(Map<String, List<Predicate<CallerIdentity>>> allowed) {
    this.allowed = Map.copyOf(allowed);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Any terminal; which merchant's is for the handler to check.
  public static Predicate<CallerIdentity> terminals() {
    return TerminalIdentity.class::isInstance;
  }

  /// The services named.
  public static Predicate<CallerIdentity> services(String... names) {
    Set<String> wanted = Set.of(names);
    return identity ->
        identity instanceof ServiceIdentity service && wanted.contains(service.name());
  }

  /// The operators named; any operator when none is.
  public static Predicate<CallerIdentity> operators(String... names) {
    Set<String> wanted = Set.of(names);
    return identity ->
        identity instanceof OperatorIdentity operator
            && (wanted.isEmpty() || wanted.contains(operator.name()));
  }

  /// Whether the method may be called, by its full name (`package.Service/Method`).
  public boolean allows(String fullMethodName, CallerIdentity identity) {
    String service = MethodDescriptor.extractFullServiceName(fullMethodName);
    if (service != null && OPEN_SERVICES.contains(service)) {
      return true;
    }
    return allowed.getOrDefault(fullMethodName, List.of()).stream()
        .anyMatch(rule -> rule.test(identity));
  }

  /// Collects the table; a method may be given several times.
  public static final class Builder {
    private final Map<String, List<Predicate<CallerIdentity>>> allowed = new HashMap<>();

    private Builder() {}

    @SafeVarargs
    public final Builder allow(MethodDescriptor<?, ?> method, Predicate<CallerIdentity>... anyOf) {
      allowed.merge(method.getFullMethodName(), List.of(anyOf), Builder::join);
      return this;
    }

    public GrpcPolicy build() {
      return new GrpcPolicy(allowed);
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
      return Stream.concat(first.stream(), second.stream()).toList();
    }
  }
}
