package io.tallystick.seed.rest;

import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;

/// Answers of mutating calls.
public final class Answers {
  /// Says that what was asked for was done before, under the same key.
  public static final String REPLAYED = "Idempotency-Replayed";

  private Answers() {}

  /// 201 with something that nobody may keep a copy of.
  public static Response createdInSecret(Object entity, boolean replayed) {
    CacheControl noStore = new CacheControl();
    noStore.setNoStore(true);
    noStore.setNoTransform(false);
    return marked(Response.status(Response.Status.CREATED), replayed)
        .cacheControl(noStore)
        .entity(entity)
        .build();
  }

  public static Response noContent(boolean replayed) {
    return marked(Response.noContent(), replayed).build();
  }

  private static Response.ResponseBuilder marked(
      Response.ResponseBuilder response, boolean replayed) {
    return replayed ? response.header(REPLAYED, "true") : response;
  }
}
