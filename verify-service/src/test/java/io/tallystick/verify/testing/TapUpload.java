package io.tallystick.verify.testing;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// One upload stream of a terminal.
public final class TapUpload
    implements ClientResponseObserver<SubmitTapsRequest, SubmitTapsResponse> {
  private final Map<Long, SubmitTapsResponse> answers = new ConcurrentHashMap<>();
  private final CompletableFuture<Map<Long, SubmitTapsResponse>> done = new CompletableFuture<>();
  private ClientCallStreamObserver<SubmitTapsRequest> requests;

  private TapUpload() {}

  public static TapUpload open(TestTerminal terminal) {
    TapUpload upload = new TapUpload();
    var _ = VerifyServiceGrpc.newStub(terminal.channel()).submitTaps(upload);
    return upload;
  }

  /// Uploads halves, numbered from 0, and returns the answers in that order.
  public static List<SubmitTapsResponse> of(TestTerminal terminal, List<byte[]> halves)
      throws Exception {
    TapUpload upload = open(terminal);
    for (int i = 0; i < halves.size(); i++) {
      upload.send(i, halves.get(i));
    }
    Map<Long, SubmitTapsResponse> answers = upload.finish();
    return java.util.stream.LongStream.range(0, halves.size()).mapToObj(answers::get).toList();
  }

  public static SubmitTapsResponse of(TestTerminal terminal, byte[] half) throws Exception {
    return of(terminal, List.of(half)).getFirst();
  }

  public void send(long sequence, byte[] half) {
    requests.onNext(
        SubmitTapsRequest.newBuilder()
            .setSequence(sequence)
            .setHalf(ByteString.copyFrom(half))
            .build());
  }

  /// Half-closes and waits for the rest of the answers.
  public Map<Long, SubmitTapsResponse> finish() throws Exception {
    requests.onCompleted();
    return done.get(60, TimeUnit.SECONDS);
  }

  public CompletableFuture<Map<Long, SubmitTapsResponse>> done() {
    return done;
  }

  public Map<Long, SubmitTapsResponse> answers() {
    return answers;
  }

  /// Whether the transport would send another half now.
  public boolean isReady() {
    return requests.isReady();
  }

  public void cancel() {
    requests.cancel("the terminal leaves", null);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SubmitTapsRequest> stream) {
    requests = stream;
  }

  @Override
  public void onNext(SubmitTapsResponse response) {
    answers.put(response.getSequence(), response);
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    done.complete(answers);
  }
}
