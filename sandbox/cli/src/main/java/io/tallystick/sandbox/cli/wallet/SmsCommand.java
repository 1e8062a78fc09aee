package io.tallystick.sandbox.cli.wallet;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.platform.SandboxUsers;
import io.tallystick.sdk.wallet.http.HttpCall;
import io.tallystick.sdk.wallet.http.HttpReply;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The messages on the phone.
@Command(
    name = "sms",
    mixinStandardHelpOptions = true,
    description =
        "The messages that the sandbox's SMS centre delivered to the payer's number, oldest first.")
final class SmsCommand extends SdkCommand {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  /// A message as the phone shows it.
  private record Message(String receivedAt, String from, String text) {}

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      String number = SandboxUsers.phoneNumber(session.payerId());
      List<Message> messages = read(session.platform().smsCentre(), number);
      output.print(
          Document.of()
              .with("phoneNumber", number)
              .with("messages", messages.stream().map(SmsCommand::document).toList())
              .members(),
          out ->
              messages.forEach(message ->
                  out.printf(
                      "%s  from %s%n     %s%n",
                      message.receivedAt(), message.from(), message.text())));
      return ExitStatus.OK;
    }
  }

  private static List<Message> read(URI smsCentre, String number) {
    URI screen = URI.create(smsCentre + "/phones/" + number.substring(1) + "/messages");
    try {
      HttpReply reply = JdkHttpTransport.create().send(HttpCall.get(screen, Map.of(), TIMEOUT));
      List<Message> messages = new ArrayList<>();
      for (JsonElement element : JsonParser.parseString(reply.text()).getAsJsonArray()) {
        var message = element.getAsJsonObject();
        messages.add(
            new Message(
                message.get("receivedAt").getAsString(),
                message.get("from").getAsString(),
                message.get("text").getAsString()));
      }
      return messages;
    } catch (IOException | JsonParseException | IllegalStateException away) {
      throw CommandFailure.unreachable("the SMS centre does not answer at " + screen, away);
    }
  }

  private static Document document(Message message) {
    return Document.of()
        .with("receivedAt", message.receivedAt())
        .with("from", message.from())
        .with("text", message.text());
  }
}
