package io.tallystick.verify.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tallystick.api.verify.v1.HalfAccepted;
import io.tallystick.api.verify.v1.HalfConflict;
import io.tallystick.api.verify.v1.HalfRefused;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.verify.tap.HalfResult;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// One upload stream under manual flow control.
///
/// At most `window` halves are between arrival and acknowledgement. The next message is asked for
/// when a half was answered and the caller takes the answers, so that neither a slow database nor a
/// caller that does not listen makes memory grow. A half is answered when it is durable or refused
/// for good; answers come in any order. When something needed is away the stream ends with that
/// status, and what was not answered is to be uploaded again.
final class TapStream implements StreamObserver<SubmitTapsRequest> {
  private static final Logger LOG = Logger.getLogger(TapStream.class);

  private final ServerCallStreamObserver<SubmitTapsResponse> responses;
  private final Function<byte[], HalfResult> take;
  private final Executor executor;
  private final BiConsumer<StreamObserver<?>, Throwable> failing;
  private final int window;
  private final Consumer<TapStream> ended;

  private int inFlight;
  private int owed;
  private boolean callerIsDone;
  private boolean isStopping;
  private boolean isOver;

  TapStream(
      ServerCallStreamObserver<SubmitTapsResponse> responses,
      Function<byte[], HalfResult> take,
      Executor executor,
      BiConsumer<StreamObserver<?>, Throwable> failing,
      int window,
      Consumer<TapStream> ended) {
    this.responses = responses;
    this.take = take;
    this.executor = executor;
    this.failing = failing;
    this.window = window;
    this.ended = ended;
  }

  /// Takes over flow control and asks for the first halves.
  void start() {
    responses.disableAutoRequest();
    responses.setOnReadyHandler(this::payOwed);
    responses.setOnCancelHandler(this::over);
    responses.request(window);
  }

  /// Takes no more halves; ends when those in flight are answered.
  synchronized void stop() {
    isStopping = true;
    endIfDone();
  }

  @Override
  public void onNext(SubmitTapsRequest request) {
    synchronized (this) {
      if (isOver) {
        return;
      }
      inFlight++;
    }
    executor.execute(() -> take(request));
  }

  private void take(SubmitTapsRequest request) {
    HalfResult result;
    try {
      result = take.apply(request.getHalf().toByteArray());
    } catch (RuntimeException | Error failure) {
      fail(failure);
      return;
    }
    answer(answer(request.getSequence(), result));
  }

  private synchronized void answer(SubmitTapsResponse response) {
    if (isOver) {
      return;
    }
    responses.onNext(response);
    inFlight--;
    if (!callerIsDone && !isStopping) {
      owed++;
      payOwed();
    }
    endIfDone();
  }

  private synchronized void payOwed() {
    if (!isOver && owed > 0 && responses.isReady()) {
      responses.request(owed);
      owed = 0;
    }
  }

  /// Ends it with the status that `failure` maps to; what is in flight is not answered.
  synchronized void fail(Throwable failure) {
    if (!isOver) {
      over();
      failing.accept(responses, failure);
    }
  }

  private void endIfDone() {
    if (isOver || inFlight > 0) {
      return;
    }
    if (callerIsDone) {
      over();
      responses.onCompleted();
    } else if (isStopping) {
      fail(ApiErrors.unavailable("STOPPING", "the service is stopping"));
    }
  }

  private synchronized void over() {
    isOver = true;
    ended.accept(this);
  }

  @Override
  public void onError(Throwable failure) {
    LOG.debugf("an upload stream was broken off: %s", failure);
    over();
  }

  @Override
  public synchronized void onCompleted() {
    callerIsDone = true;
    endIfDone();
  }

  private static SubmitTapsResponse answer(long sequence, HalfResult result) {
    SubmitTapsResponse.Builder response = SubmitTapsResponse.newBuilder().setSequence(sequence);
    return switch (result) {
      case HalfResult.Accepted(var paymentId, var isDuplicate) ->
          response
              .setAccepted(
                  HalfAccepted.newBuilder().setPaymentId(paymentId).setDuplicate(isDuplicate))
              .build();
      case HalfResult.Conflict(var serial, var evidenceId) ->
          response
              .setConflict(HalfConflict.newBuilder().setSerial(serial).setEvidenceId(evidenceId))
              .build();
      case HalfResult.Refused(var reason, var explanation) ->
          response
              .setRefused(HalfRefused.newBuilder().setReason(reason).setExplanation(explanation))
              .build();
    };
  }
}
