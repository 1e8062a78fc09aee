package io.tallystick.kit.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// A resource whose author forgot to say who may call it.
@Path("/v1/silent")
public class SilentResource {
  @GET
  public String get() {
    return "told";
  }
}
