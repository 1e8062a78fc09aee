package io.tallystick.kit.rest;

import io.tallystick.kit.trace.TraceContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Takes up the trace that a request belongs to.
class TraceFilter {
  @ServerRequestFilter(preMatching = true)
  void trace(ContainerRequestContext request) {
    TraceContext.inRequest(request.getHeaderString("traceparent"));
  }
}
