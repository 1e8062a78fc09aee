package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.RequestImpl;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// In a cluster the client finds the node by the key.
class StreamCommandsTest {
  @Test
  void keyBehindASubcommandIsKnown() {
    assertKey(Request.cmd(StreamCommands.XINFO).arg("STREAM").arg("key"));
    assertKey(Request.cmd(StreamCommands.XGROUP).arg("CREATE").arg("key").arg("group").arg("0"));
  }

  @Test
  void keyAmongTheStreamsOfAReadIsKnown() {
    assertKey(
        Request.cmd(Command.XREADGROUP)
            .arg("GROUP")
            .arg("streams")
            .arg("consumer")
            .arg("COUNT")
            .arg(1)
            .arg("BLOCK")
            .arg(1)
            .arg("STREAMS")
            .arg("key")
            .arg(">"));
  }

  private static void assertKey(Request request) {
    assertThat(((RequestImpl) request).keys())
        .singleElement()
        .isEqualTo("key".getBytes(StandardCharsets.US_ASCII));
  }
}
