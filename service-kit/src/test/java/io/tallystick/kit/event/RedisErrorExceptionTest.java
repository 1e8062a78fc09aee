package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.impl.types.ErrorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisErrorExceptionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MOVED 3999 127.0.0.1:6381                                | true
          ERR [0] MOVED 3999 127.0.0.1:6381                        | true
          ERR [1] ASK 3999 127.0.0.1:6381                          | true
          ERR [0] CLUSTERDOWN Hash slot not served                 | true
          CLUSTERDOWN The cluster is down                          | true
          READONLY You can't write against a read only replica.    | true
          UNBLOCKED force unblock from blocking operation          | true
          NOREPLICAS Not enough good replicas to write.            | true
          LOADING Redis is loading the dataset in memory           | true
          NOGROUP No such key 'x' or consumer group 'y'            | false
          ERR no such key                                          | false
          CROSSSLOT Keys in request don't hash to the same slot    | false
          WRONGTYPE Operation against a key                        | false
          """)
  void knowsWhatPassesByItself(String answer, boolean passes) {
    RuntimeException failure = RedisErrorException.of(answer, ErrorType.create(answer));
    assertThat(failure instanceof RedisUnavailableException).isEqualTo(passes);
  }
}
