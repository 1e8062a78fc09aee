package io.tallystick.verify.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.grpc.GrpcStatuses;
import io.tallystick.verify.tap.HalfResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Flow control of one stream, with work that is done when the test says so.
class TapStreamTest {
  private final Call call = new Call();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final List<TapStream> ended = new ArrayList<>();
  private final TapStream stream =
      new TapStream(
          call,
          bytes -> {
            if (bytes.length == 0) {
              throw ApiErrors.unavailable("AWAY", "away");
            }
            return new HalfResult.Accepted("tap_" + bytes[0], false);
          },
          waiting::add,
          (observer, failure) -> observer.onError(GrpcStatuses.from(failure)),
          4,
          ended::add);

  @Test
  void asksForNoMoreThanItsWindow() {
    stream.start();

    assertThat(call.isAutomatic).isFalse();
    assertThat(call.requested).isEqualTo(4);
    send(4);
    assertThat(call.requested).isEqualTo(4);
  }

  @Test
  void asksForOneMoreForEachThatIsAnswered() {
    stream.start();
    send(4);

    work(3);

    assertThat(call.answers).hasSize(3);
    assertThat(call.requested).isEqualTo(7);
  }

  @Test
  void asksForNothingWhileTheCallerDoesNotListen() {
    stream.start();
    send(4);
    call.isReady = false;

    work(4);
    assertThat(call.requested).isEqualTo(4);
    call.isReady = true;
    call.onReady.run();

    assertThat(call.requested).isEqualTo(8);
  }

  @Test
  void completesWhenTheCallerIsDoneAndEverythingIsAnswered() {
    stream.start();
    send(2);
    stream.onCompleted();
    assertThat(call.isComplete).isFalse();

    work(2);

    assertThat(call.isComplete).isTrue();
    assertThat(call.answers).hasSize(2);
    assertThat(ended).containsExactly(stream);
  }

  @Test
  void endsWithTheStatusOfWhatFailedAndAnswersNothingAfterwards() {
    stream.start();
    send(1);
    stream.onNext(SubmitTapsRequest.newBuilder().setSequence(9).build());
    send(1);

    work(3);

    assertThat(call.answers).hasSize(1);
    assertThat(Status.fromThrowable(call.failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(ended).contains(stream);
  }

  @Test
  void stopsAfterAnsweringWhatIsInFlight() {
    stream.start();
    send(2);
    stream.stop();
    assertThat(call.failure).isNull();

    work(2);

    assertThat(call.answers).hasSize(2);
    assertThat(call.requested).isEqualTo(4);
    assertThat(Status.fromThrowable(call.failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void answersNothingToACallerWhoLeft() {
    stream.start();
    send(2);
    call.onCancel.run();

    work(2);

    assertThat(call.answers).isEmpty();
    assertThat(ended).contains(stream);
  }

  private void send(int count) {
    for (int i = 1; i <= count; i++) {
      stream.onNext(
          SubmitTapsRequest.newBuilder()
              .setSequence(i)
              .setHalf(ByteString.copyFrom(new byte[] {(byte) i}))
              .build());
    }
  }

  private void work(int count) {
    for (int i = 0; i < count; i++) {
      waiting.remove().run();
    }
  }

  /// A call as gRPC gives it.
  private static final class Call extends ServerCallStreamObserver<SubmitTapsResponse> {
    private final List<SubmitTapsResponse> answers = new ArrayList<>();
    private Runnable onReady = () -> {};
    private Runnable onCancel = () -> {};
    private boolean isAutomatic = true;
    private boolean isReady = true;
    private boolean isComplete;
    private int requested;
    private @Nullable Throwable failure;

    @Override
    public void onNext(SubmitTapsResponse response) {
      answers.add(response);
    }

    @Override
    public void onError(Throwable error) {
      failure = error;
    }

    @Override
    public void onCompleted() {
      isComplete = true;
    }

    @Override
    public boolean isReady() {
      return isReady;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      onReady = handler;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      onCancel = handler;
    }

    @Override
    public void disableAutoInboundFlowControl() {
      isAutomatic = false;
    }

    @Override
    public void disableAutoRequest() {
      isAutomatic = false;
    }

    @Override
    public void request(int count) {
      requested += count;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setCompression(String compression) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setMessageCompression(boolean enable) {
      throw new UnsupportedOperationException();
    }
  }
}
