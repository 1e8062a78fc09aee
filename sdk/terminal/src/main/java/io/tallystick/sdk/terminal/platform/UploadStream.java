package io.tallystick.sdk.terminal.platform;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.sdk.terminal.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One upload: sends while the server takes more and no more than a bounded number are unanswered,
 * and collects the answers by sequence. Callbacks of a call come one at a time; the waiting thread
 * only looks.
 */
final class UploadStream implements ClientResponseObserver<SubmitTapsRequest, SubmitTapsResponse> {
  private static final int MAX_UNANSWERED = 64;

  private final List<TapHalf> halves;
  private final Consumer<TapUploader.Result> answered;
  private final Map<Long, TapHalf> unanswered = new HashMap<>();
  private final List<TapUploader.Result> results = new ArrayList<>();
  private @Nullable ClientCallStreamObserver<SubmitTapsRequest> requests;
  private int next;
  private boolean halfClosed;
  private boolean ended;
  private @Nullable RuntimeException failure;
  private long lastHeard = System.nanoTime();

  UploadStream(List<TapHalf> halves, Consumer<TapUploader.Result> answered) {
    this.halves = List.copyOf(halves);
    this.answered = answered;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SubmitTapsRequest> stream) {
    requests = stream;
    stream.setOnReadyHandler(this::sendMore);
  }

  private synchronized void sendMore() {
    ClientCallStreamObserver<SubmitTapsRequest> stream = requests;
    if (stream == null || ended) {
      return;
    }
    while (next < halves.size() && unanswered.size() < MAX_UNANSWERED && stream.isReady()) {
      TapHalf sending = halves.get(next);
      long sequence = ++next;
      unanswered.put(sequence, sending);
      stream.onNext(
          SubmitTapsRequest.newBuilder()
              .setSequence(sequence)
              .setHalf(ByteString.copyFrom(sending.encode()))
              .build());
    }
    if (next == halves.size() && unanswered.isEmpty() && !halfClosed) {
      halfClosed = true;
      stream.onCompleted();
    }
  }

  @Override
  public void onNext(SubmitTapsResponse response) {
    synchronized (this) {
      lastHeard = System.nanoTime();
      TapHalf of = unanswered.remove(response.getSequence());
      if (of != null) {
        TapUploader.Result result = read(of.serial(), response);
        answered.accept(result);
        results.add(result);
      }
    }
    sendMore();
  }

  @Override
  public synchronized void onError(Throwable thrown) {
    ended = true;
    failure =
        thrown instanceof StatusRuntimeException status
            ? VerifyConnection.explained(status)
            : new UnreachableException(Status.fromThrowable(thrown).toString(), thrown);
    notifyAll();
  }

  @Override
  public synchronized void onCompleted() {
    ended = true;
    if (!unanswered.isEmpty() || next < halves.size()) {
      failure = new UnreachableException("the platform ended the upload early", null);
    }
    notifyAll();
  }

  /** Waits for the end, as long as the platform is heard of. */
  synchronized List<TapUploader.Result> await(Duration silence) {
    try {
      while (!ended) {
        long left = silence.toNanos() - (System.nanoTime() - lastHeard);
        if (left <= 0) {
          cancel();
          throw new UnreachableException("the platform fell silent", null);
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      }
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted", e);
    }
    if (failure != null) {
      throw failure;
    }
    return List.copyOf(results);
  }

  private void cancel() {
    ended = true;
    ClientCallStreamObserver<SubmitTapsRequest> stream = requests;
    if (stream != null) {
      stream.cancel("the terminal gave up", null);
    }
  }

  private static TapUploader.Result read(TokenSerial serial, SubmitTapsResponse response) {
    return switch (response.getResultCase()) {
      case ACCEPTED ->
          new TapUploader.Result.Accepted(
              serial, response.getAccepted().getPaymentId(), response.getAccepted().getDuplicate());
      case CONFLICT ->
          new TapUploader.Result.Conflict(serial, response.getConflict().getEvidenceId());
      case REFUSED ->
          new TapUploader.Result.Refused(
              serial, response.getRefused().getReason(), response.getRefused().getExplanation());
      case RESULT_NOT_SET ->
          throw new UnreachableException("an answer says nothing of its half", null);
    };
  }
}
