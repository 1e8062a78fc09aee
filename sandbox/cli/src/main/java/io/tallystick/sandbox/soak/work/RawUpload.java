package io.tallystick.sandbox.soak.work;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import io.tallystick.protocol.tap.TapHalf;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Sends halves as no SDK would: in any order, some of them again and again.
final class RawUpload implements StreamObserver<SubmitTapsResponse> {
  private static final int LIMIT_SECONDS = 20;

  private final List<TapHalf> halves;
  private final BiConsumer<TapHalf, SubmitTapsResponse> answered;
  private final CountDownLatch ended = new CountDownLatch(1);

  private RawUpload(List<TapHalf> halves, BiConsumer<TapHalf, SubmitTapsResponse> answered) {
    this.halves = halves;
    this.answered = answered;
  }

  /// Sends these, in this order, and returns when all are answered, or when the connection has
  /// gone.
  static void send(
      ManagedChannel channel,
      List<TapHalf> halves,
      BiConsumer<TapHalf, SubmitTapsResponse> answered)
      throws InterruptedException {
    RawUpload upload = new RawUpload(List.copyOf(halves), answered);
    StreamObserver<SubmitTapsRequest> requests =
        VerifyServiceGrpc.newStub(channel)
            .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
            .submitTaps(upload);
    for (int i = 0; i < halves.size(); i++) {
      requests.onNext(
          SubmitTapsRequest.newBuilder()
              .setSequence(i)
              .setHalf(ByteString.copyFrom(halves.get(i).encode()))
              .build());
    }
    requests.onCompleted();
    upload.ended.await(LIMIT_SECONDS + 5L, TimeUnit.SECONDS);
  }

  @Override
  public void onNext(SubmitTapsResponse response) {
    answered.accept(halves.get((int) response.getSequence()), response);
  }

  @Override
  public void onError(Throwable thrown) {
    ended.countDown(); // What was not answered stays in the journal and is sent again.
  }

  @Override
  public void onCompleted() {
    ended.countDown();
  }
}
