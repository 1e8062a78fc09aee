package io.tallystick.sandbox.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.wire.Armor;
import io.tallystick.protocol.wire.FileFormat;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.cli.keys.KeyFileCommands;
import io.tallystick.sandbox.cli.keys.ResealCommand;
import io.tallystick.sandbox.cli.keys.RotateIssuerCommand;
import io.tallystick.sandbox.cli.keys.StatusCommand;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformTls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Keys: the public ones shown, the secret ones rotated.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Shows public keys; rotates issuer keys and key-encryption keys.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KeysCommand.Show.class,
      StatusCommand.class,
      ResealCommand.class,
      KeyFileCommands.Add.class,
      KeyFileCommands.Use.class,
      KeyFileCommands.Remove.class,
      RotateIssuerCommand.class
    })
public final class KeysCommand {
  private KeysCommand() {}

  /// A public key and whose it is.
  record NamedKey(String name, String compressed, String pem) {
    static NamedKey of(String name, Sm2PublicKey key) {
      return new NamedKey(name, HexFormat.of().formatHex(key.compressed()), key.toPem());
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the platform's root key and its issuers' keys, or with --of the keys in an authorisation, tap token or"
            + " half: its issuer's and its device's.",
        "Exit status: 0 shown, 1 the file has no keys, 2 a file can't be read, 3 the platform can't be reached."
      })
  static final class Show implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private PlatformOption platform;

    @Option(
        names = "--pem",
        description = "Print PEM, as OpenSSL reads it, instead of compressed points.")
    private boolean pem;

    @Option(
        names = "--of",
        paramLabel = "FILE",
        description = "An authorisation, tap token or half; needs no platform.")
    private @Nullable String file;

    @Override
    public Integer call() {
      List<NamedKey> keys = file != null ? keysOf(file) : platformKeys(platform.read());
      output.print(
          keys,
          out -> {
            for (NamedKey key : keys) {
              out.println(
                  pem ? key.name() + "\n" + key.pem() : key.name() + "  " + key.compressed());
            }
          });
      return ExitStatus.OK;
    }

    private static List<NamedKey> keysOf(String file) {
      byte[] content = InputFile.unwrapText(InputFile.read(file));
      try {
        byte[] bytes =
            Armor.looksLike(content)
                ? Armor.decode(new String(content, StandardCharsets.US_ASCII)).bytes()
                : content;
        DeviceAuthorisation authorisation = authorisationIn(bytes);
        return List.of(
            NamedKey.of("issuer", authorisation.issuer().key()),
            NamedKey.of("device " + authorisation.deviceId(), authorisation.terms().deviceKey()));
      } catch (MalformedException e) {
        throw CommandFailure.refused(file + ": " + e.getMessage());
      }
    }

    private static DeviceAuthorisation authorisationIn(byte[] bytes) {
      return switch (FileFormat.detect(bytes)) {
        case AUTHORISATION -> DeviceAuthorisation.parse(bytes);
        case TAP_TOKEN -> TapToken.parse(bytes).authorisation();
        case TAP_HALF -> TapHalf.parse(bytes).token().authorisation();
        case ISSUER_CERTIFICATE,
            TAP_REQUEST,
            RECEIPT,
            DENY_LIST,
            DENY_LIST_DELTA,
            TERMINAL_PACK,
            DOUBLE_SPEND_PROOF ->
            throw new MalformedException("format", "has no device key");
      };
    }

    private static List<NamedKey> platformKeys(PlatformDescription platform) {
      try (HttpClient client =
          HttpClient.newBuilder().sslContext(PlatformTls.trusting(platform.caFile())).build()) {
        List<NamedKey> keys = new ArrayList<>();
        keys.add(
            NamedKey.of(
                "root", Sm2PublicKey.parsePem(Files.readString(platform.rootPublicKeyFile()))));
        HttpResponse<byte[]> response =
            client.send(
                HttpRequest.newBuilder(platform.rest().seedService().resolve("/v1/issuer-keys"))
                    .timeout(Duration.ofSeconds(10))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
          throw CommandFailure.unreachable("seed-service answers " + response.statusCode(), null);
        }
        for (JsonNode issuer : new ObjectMapper().readTree(response.body()).path("issuerKeys")) {
          byte[] point = Base64.getDecoder().decode(issuer.path("publicKey").asText());
          keys.add(
              NamedKey.of(
                  "issuer " + issuer.path("issuerKeyId").asText(),
                  Sm2PublicKey.fromCompressed(point)));
        }
        return keys;
      } catch (IOException e) {
        throw CommandFailure.unreachable("seed-service does not answer: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CommandFailure.unreachable("interrupted", e);
      }
    }
  }
}
