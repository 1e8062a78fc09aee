package io.tallystick.sandbox.bench;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import io.tallystick.protocol.tap.TapHalf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One till's upload: at most so many halves unanswered as verify-service takes from one stream.
final class TapUpload implements ClientResponseObserver<SubmitTapsRequest, SubmitTapsResponse> {
  private static final int MOST_UNANSWERED = 100;
  private static final int LIMIT_SECONDS = 180;

  private final List<SubmitTapsRequest> requests;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<SubmitTapsRequest> stream;
  private int sent;
  private int answered;
  private boolean halfClosed;

  private TapUpload(List<TapHalf> halves) {
    List<SubmitTapsRequest> encoded = new ArrayList<>(halves.size());
    for (TapHalf half : halves) {
      encoded.add(
          SubmitTapsRequest.newBuilder()
              .setSequence(encoded.size())
              .setHalf(ByteString.copyFrom(half.encode()))
              .build());
    }
    this.requests = List.copyOf(encoded);
  }

  static TapUpload start(ManagedChannel channel, List<TapHalf> halves) {
    TapUpload upload = new TapUpload(halves);
    VerifyServiceGrpc.newStub(channel).submitTaps(upload);
    return upload;
  }

  /// @throws java.util.concurrent.ExecutionException when a half was not accepted
  void await() throws Exception {
    end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SubmitTapsRequest> started) {
    stream = started;
    started.setOnReadyHandler(this::sendMore);
  }

  private synchronized void sendMore() {
    ClientCallStreamObserver<SubmitTapsRequest> to = stream;
    while (to != null
        && to.isReady()
        && sent < requests.size()
        && sent - answered < MOST_UNANSWERED) {
      to.onNext(requests.get(sent++));
    }
    if (to != null && answered == requests.size() && !halfClosed) {
      halfClosed = true;
      to.onCompleted();
    }
  }

  @Override
  public void onNext(SubmitTapsResponse response) {
    if (!response.hasAccepted()) {
      end.completeExceptionally(new IllegalStateException("not accepted: " + response));
    }
    synchronized (this) {
      answered++;
    }
    sendMore();
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    end.complete(null);
  }
}
