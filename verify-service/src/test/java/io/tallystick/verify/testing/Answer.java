package io.tallystick.verify.testing;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/// Answers a unary call.
final class Answer {
  private Answer() {}

  static <T> void with(StreamObserver<T> observer, Supplier<T> answer) {
    T response;
    try {
      response = answer.get();
    } catch (StatusRuntimeException status) {
      observer.onError(status);
      return;
    }
    observer.onNext(response);
    observer.onCompleted();
  }
}
