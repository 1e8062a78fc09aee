package io.tallystick.kit.operator.rest;

import io.tallystick.kit.identity.Role;
import io.tallystick.kit.operator.OperatorCall;
import io.tallystick.kit.operator.OperatorCalls;
import io.tallystick.kit.rest.RestCaller;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Writes down what people with roles change over REST. Runs behind the roles that a resource asks
/// for and before its method.
class OperatorRequestFilter {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  @Inject RestCaller caller;
  @Inject OperatorCalls calls;

  @ServerRequestFilter
  void writeDown(ContainerRequestContext request) {
    if (READS.contains(request.getMethod()) || Role.ALL.stream().noneMatch(caller::has)) {
      return;
    }
    String path = request.getUriInfo().getPath();
    calls.record(new OperatorCall(caller.subject(), request.getMethod() + " " + path, ""));
  }
}
