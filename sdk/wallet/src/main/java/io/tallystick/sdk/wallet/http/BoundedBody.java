package io.tallystick.sdk.wallet.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body in memory and gives up on one that is too long. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> collected = BodySubscribers.ofByteArray();
  private final long limit;
  private long received;
  private Flow.@Nullable Subscription subscription;

  BoundedBody(long limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return collected.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription started) {
    subscription = started;
    collected.onSubscribe(started);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      received += buffer.remaining();
    }
    if (received <= limit) {
      collected.onNext(buffers);
      return;
    }
    Flow.Subscription running = subscription;
    if (running != null) {
      running.cancel();
    }
    collected.onError(new IOException("the answer is longer than " + limit + " bytes"));
  }

  @Override
  public void onError(Throwable failure) {
    collected.onError(failure);
  }

  @Override
  public void onComplete() {
    collected.onComplete();
  }
}
